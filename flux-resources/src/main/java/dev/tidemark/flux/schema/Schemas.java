package dev.tidemark.flux.schema;

import static dev.tidemark.flux.schema.Shape.ANYTHING;
import static dev.tidemark.flux.schema.Shape.FLAG;
import static dev.tidemark.flux.schema.Shape.INTERVAL;
import static dev.tidemark.flux.schema.Shape.OBJECT;
import static dev.tidemark.flux.schema.Shape.REFERENCE;
import static dev.tidemark.flux.schema.Shape.SELECTOR;
import static dev.tidemark.flux.schema.Shape.TEXT;
import static dev.tidemark.flux.schema.Shape.TEXTS;
import static dev.tidemark.flux.schema.Shape.TIMEOUT;
import static dev.tidemark.flux.schema.Shape.items;
import static dev.tidemark.flux.schema.Shape.matching;
import static dev.tidemark.flux.schema.Shape.members;
import static dev.tidemark.flux.schema.Shape.oneOf;
import static dev.tidemark.flux.schema.Shape.optional;
import static dev.tidemark.flux.schema.Shape.required;

import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes of the kinds that Tidemark reads: one union for all versions of a kind (flux-git-based 2, 4 to 8, 18;
 * flux-gitless 1.1, 2.1). Members that only other controllers read are known, so that nobody is warned of them.
 */
public final class Schemas {

    private static final Shape METADATA = members(
            optional("name", TEXT),
            optional("namespace", TEXT),
            optional("labels", TEXTS),
            optional("annotations", TEXTS),
            optional("generateName", ANYTHING),
            optional("uid", ANYTHING),
            optional("generation", ANYTHING),
            optional("resourceVersion", ANYTHING),
            optional("creationTimestamp", ANYTHING),
            optional("deletionTimestamp", ANYTHING),
            optional("deletionGracePeriodSeconds", ANYTHING),
            optional("finalizers", ANYTHING),
            optional("ownerReferences", ANYTHING),
            optional("managedFields", ANYTHING),
            optional("selfLink", ANYTHING));

    private static final Shape ACCESS_FROM =
            members(required("namespaceSelectors", items(members(optional("matchLabels", TEXTS)))));

    private static final Shape GIT_REF = members(
            optional("branch", TEXT),
            optional("tag", TEXT),
            optional("semver", TEXT),
            optional("name", TEXT),
            optional("commit", TEXT));

    private static final Shape ORDER = members(optional("order", oneOf("asc", "desc")));

    private static final Shape IMAGE_REPOSITORY = members(
            required("image", TEXT),
            required("interval", INTERVAL),
            optional("timeout", TIMEOUT),
            optional("secretRef", REFERENCE),
            optional("serviceAccountName", TEXT),
            optional("certSecretRef", REFERENCE),
            optional("proxySecretRef", REFERENCE),
            optional("provider", oneOf("generic", "aws", "azure", "gcp")),
            optional("insecure", FLAG),
            optional("exclusionList", new Shape.Items(TEXT, 0, 25)),
            optional("accessFrom", ACCESS_FROM),
            optional("suspend", FLAG));

    private static final Shape IMAGE_POLICY = members(
            List.of(Rules.INTERVAL_GOES_WITH_ALWAYS),
            required("imageRepositoryRef", members(required("name", TEXT), optional("namespace", TEXT))),
            required(
                    "policy",
                    members(
                            optional("semver", members(required("range", TEXT))),
                            optional("alphabetical", ORDER),
                            optional("numerical", ORDER))),
            optional("filterTags", members(optional("pattern", TEXT), optional("extract", TEXT))),
            optional("digestReflectionPolicy", oneOf("Always", "IfNotPresent", "Never")),
            optional("interval", INTERVAL),
            optional("suspend", FLAG));

    private static final Shape COMMIT = members(
            required("author", members(required("email", TEXT), optional("name", TEXT))),
            optional("signingKey", members(optional("secretRef", REFERENCE), optional("type", oneOf("gpg", "ssh")))),
            optional("messageTemplate", TEXT),
            optional("messageTemplateValues", TEXTS));

    private static final Shape IMAGE_UPDATE_AUTOMATION = members(
            required(
                    "sourceRef",
                    members(
                            optional("apiVersion", TEXT),
                            optional("kind", oneOf("GitRepository")),
                            required("name", TEXT),
                            optional("namespace", TEXT))),
            optional(
                    "git",
                    members(
                            optional("checkout", members(required("ref", GIT_REF))),
                            required("commit", COMMIT),
                            optional(
                                    "push",
                                    members(
                                            optional("branch", TEXT),
                                            optional("refspec", TEXT),
                                            optional("options", TEXTS))))),
            required("interval", INTERVAL),
            optional("policySelector", SELECTOR),
            optional("update", members(optional("strategy", oneOf("Setters")), optional("path", TEXT))),
            optional("suspend", FLAG));

    private static final Shape GIT_REPOSITORY = members(
            required("url", matching("^(http|https|ssh|file)://.", "begin it with https://, http:// or ssh://")),
            optional("secretRef", REFERENCE),
            optional("provider", oneOf("generic", "aws", "azure", "github")),
            optional("serviceAccountName", TEXT),
            required("interval", INTERVAL),
            optional("timeout", TIMEOUT),
            optional("ref", GIT_REF),
            optional("proxySecretRef", REFERENCE),
            optional("suspend", FLAG),
            optional("verify", OBJECT),
            optional("ignore", TEXT),
            optional("recurseSubmodules", FLAG),
            optional("include", items(OBJECT)),
            optional("sparseCheckout", items(TEXT)),
            optional("accessFrom", ACCESS_FROM),
            optional("gitImplementation", TEXT));

    private static final Shape RECEIVER = members(
            required(
                    "type",
                    oneOf(
                            "generic",
                            "generic-hmac",
                            "generic-oidc",
                            "github",
                            "gitlab",
                            "bitbucket",
                            "harbor",
                            "dockerhub",
                            "quay",
                            "gcr",
                            "nexus",
                            "acr",
                            "cdevents")),
            optional("interval", INTERVAL),
            optional("events", items(TEXT)),
            required(
                    "resources",
                    items(members(
                            optional("apiVersion", TEXT),
                            required("kind", TEXT),
                            required("name", TEXT),
                            optional("namespace", TEXT),
                            optional("matchLabels", TEXTS),
                            optional("filter", TEXT)))),
            optional("resourceFilter", TEXT),
            optional("secretRef", REFERENCE),
            optional("oidcProviders", items(OBJECT)),
            optional("suspend", FLAG));

    private static final Shape ALERT = members(
            required("providerRef", REFERENCE),
            optional("eventSeverity", oneOf("info", "error")),
            required(
                    "eventSources",
                    items(members(
                            optional("apiVersion", TEXT),
                            required("kind", TEXT),
                            required("name", TEXT),
                            optional("namespace", TEXT),
                            optional("matchLabels", TEXTS)))),
            optional("inclusionList", items(TEXT)),
            optional("exclusionList", items(TEXT)),
            optional("eventMetadata", TEXTS),
            optional("summary", TEXT),
            optional("suspend", FLAG));

    private static final Shape PROVIDER = members(
            // whoever delivers says which types it knows
            required("type", TEXT),
            optional("interval", INTERVAL),
            optional("channel", TEXT),
            optional("username", TEXT),
            optional("address", TEXT),
            optional("timeout", TIMEOUT),
            optional("proxy", matching("^(http|https)://.", "begin it with http://")),
            optional("proxySecretRef", REFERENCE),
            optional("secretRef", REFERENCE),
            optional("serviceAccountName", TEXT),
            optional("certSecretRef", REFERENCE),
            optional("commitStatusExpr", TEXT),
            optional("suspend", FLAG));

    private static final Shape FILTER = members(
            optional("includeBranch", TEXT),
            optional("excludeBranch", TEXT),
            optional("includeTag", TEXT),
            optional("excludeTag", TEXT),
            optional("includeEnvironment", TEXT),
            optional("excludeEnvironment", TEXT),
            optional("labels", items(TEXT)),
            optional("limit", new Shape.Whole(10_000)),
            optional("semver", TEXT));

    private static final Shape INPUT_PROVIDER = members(
            List.of(
                    Rules.URL_GOES_WITH_THE_TYPE,
                    Rules.SELECTORS_GO_WITH_THE_TYPE,
                    Rules.INSECURE_GOES_WITH_THE_TYPE,
                    Rules.ACCOUNT_GOES_WITH_THE_TYPE,
                    Rules.SECRET_GOES_WITH_THE_TYPE,
                    Rules.CERTIFICATE_GOES_WITH_THE_TYPE),
            required("type", oneOf(Rules.PROVIDER_TYPES)),
            optional("url", matching("^$|^(https?|oci)://", "begin it with oci://, https:// or http://")),
            optional("interval", INTERVAL),
            optional("serviceAccountName", TEXT),
            optional("secretRef", REFERENCE),
            optional("certSecretRef", REFERENCE),
            optional("insecure", FLAG),
            optional("defaultValues", OBJECT),
            optional("filter", FILTER),
            optional("skip", members(optional("labels", items(TEXT)))),
            optional(
                    "schedule",
                    items(members(required("cron", TEXT), optional("timeZone", TEXT), optional("window", INTERVAL)))),
            optional(
                    "selectors",
                    items(members(
                            List.of(Rules.NAME_OR_LABELS),
                            optional("name", TEXT),
                            optional("namespace", TEXT),
                            optional("matchLabels", TEXTS),
                            optional("matchExpressions", items(OBJECT))))));

    private static final Shape STEP = members(
            List.of(Rules.A_STEP_HAS_RESOURCES),
            required(
                    "name", matching("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "use lower-case letters, digits and '-'")),
            optional("resources", items(OBJECT)),
            optional("resourcesTemplate", TEXT),
            optional("timeout", INTERVAL));

    private static final Shape RESOURCE_SET = members(
            List.of(Rules.SOMETHING_IS_RENDERED, Rules.STEPS_STAND_ALONE, Rules.STEPS_HAVE_NAMES_OF_THEIR_OWN),
            optional("inputs", items(OBJECT)),
            optional(
                    "inputsFrom",
                    items(members(
                            List.of(Rules.NAME_OR_SELECTOR),
                            optional("apiVersion", oneOf("fluxcd.controlplane.io/v1")),
                            optional("kind", oneOf("ResourceSetInputProvider")),
                            optional("name", TEXT),
                            optional("selector", SELECTOR)))),
            optional(
                    "inputStrategy",
                    members(
                            List.of(Rules.EMPTY_PROVIDERS_GO_WITH_PERMUTE),
                            required("name", oneOf("Flatten", "Permute")),
                            optional("includeEmptyProviders", FLAG))),
            optional("resources", items(OBJECT)),
            optional("resourcesTemplate", TEXT),
            optional("steps", new Shape.Items(STEP, 1, 20)),
            optional("commonMetadata", members(optional("labels", TEXTS), optional("annotations", TEXTS))),
            optional(
                    "dependsOn",
                    items(members(
                            required("apiVersion", TEXT),
                            required("kind", TEXT),
                            required("name", TEXT),
                            optional("namespace", TEXT),
                            optional("ready", FLAG),
                            optional("readyExpr", TEXT)))),
            optional("serviceAccountName", TEXT),
            optional("wait", FLAG));

    private static final Shape SECRET = root(
            optional("type", TEXT),
            optional("data", new Shape.Entries(new Shape.Base64Text())),
            optional("stringData", TEXTS),
            optional("immutable", FLAG));

    private static final Shape SERVICE_ACCOUNT = root(
            optional("imagePullSecrets", items(REFERENCE)),
            optional("secrets", ANYTHING),
            optional("automountServiceAccountToken", ANYTHING));

    private static final Shape NAMESPACE = root(optional("spec", ANYTHING), optional("status", ANYTHING));

    private static final Map<Kind<?>, Shape> SHAPES = shapes();

    private Schemas() {}

    /** The shape of a whole object of a kind. */
    public static Shape of(Kind<?> kind) {
        return SHAPES.getOrDefault(kind, ANYTHING);
    }

    private static Map<Kind<?>, Shape> shapes() {
        Map<Kind<?>, Shape> shapes = new LinkedHashMap<>();
        shapes.put(Kinds.IMAGE_REPOSITORY, withSpec(IMAGE_REPOSITORY));
        shapes.put(Kinds.IMAGE_POLICY, withSpec(IMAGE_POLICY));
        shapes.put(Kinds.IMAGE_UPDATE_AUTOMATION, withSpec(IMAGE_UPDATE_AUTOMATION));
        shapes.put(Kinds.GIT_REPOSITORY, withSpec(GIT_REPOSITORY));
        shapes.put(Kinds.RECEIVER, withSpec(RECEIVER));
        shapes.put(Kinds.ALERT, withSpec(ALERT));
        shapes.put(Kinds.PROVIDER, withSpec(PROVIDER));
        shapes.put(Kinds.RESOURCE_SET, withSpec(RESOURCE_SET));
        shapes.put(Kinds.RESOURCE_SET_INPUT_PROVIDER, withSpec(INPUT_PROVIDER));
        shapes.put(Kinds.SECRET, SECRET);
        shapes.put(Kinds.SERVICE_ACCOUNT, SERVICE_ACCOUNT);
        shapes.put(Kinds.NAMESPACE, NAMESPACE);
        return Map.copyOf(shapes);
    }

    private static Shape withSpec(Shape spec) {
        return root(required("spec", spec), optional("status", ANYTHING));
    }

    private static Shape root(Shape.Member... own) {
        Shape.Member[] all = new Shape.Member[own.length + 3];
        all[0] = required("apiVersion", TEXT);
        all[1] = required("kind", TEXT);
        all[2] = required("metadata", METADATA);
        System.arraycopy(own, 0, all, 3, own.length);
        return members(all);
    }
}
