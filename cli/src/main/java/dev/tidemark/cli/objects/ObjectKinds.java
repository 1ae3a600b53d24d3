package dev.tidemark.cli.objects;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind.Column;
import dev.tidemark.flux.Kinds;
import dev.tidemark.policies.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds by the names that kubectl and flux users type. Columns as in the established CRDs (flux-git-based 2.6,
 * flux-gitless 0), with the one that the flux command has before READY.
 */
public final class ObjectKinds {

    private static final String READY_PATH = ".status.conditions[?(@.type==\"Ready\")]";
    private static final Column READY = Column.of("READY", READY_PATH + ".status");
    private static final Column STATUS = Column.of("STATUS", READY_PATH + ".message");

    /** Those that Tidemark serves and that have a status. */
    public static final List<ObjectKind> SERVED = List.of(
            ObjectKind.of(
                    Kinds.IMAGE_REPOSITORY,
                    Column.of("IMAGE", ".spec.image"),
                    Column.of("TAGS", ".status.lastScanResult.tagCount"),
                    Column.SUSPENDED,
                    READY,
                    STATUS,
                    Column.wide("LAST SCAN", ".status.lastScanResult.scanTime"),
                    Column.AGE),
            ObjectKind.of(
                    Kinds.IMAGE_POLICY,
                    Column.of("IMAGE", ".status.latestRef.name"),
                    Column.of("TAG", ".status.latestRef.tag"),
                    Column.SUSPENDED,
                    READY,
                    STATUS,
                    Column.AGE),
            ObjectKind.of(
                    Kinds.IMAGE_UPDATE_AUTOMATION,
                    Column.SUSPENDED,
                    READY,
                    STATUS,
                    Column.wide("LAST RUN", ".status.lastAutomationRunTime"),
                    Column.AGE),
            ObjectKind.of(Kinds.RESOURCE_SET_INPUT_PROVIDER, Column.AGE, Column.SUSPENDED, READY, STATUS),
            ObjectKind.of(Kinds.RESOURCE_SET, Column.AGE, Column.SUSPENDED, READY, STATUS),
            ObjectKind.of(Kinds.RECEIVER, Column.AGE, Column.SUSPENDED, READY, STATUS),
            ObjectKind.of(
                    Kinds.GIT_REPOSITORY, Column.of("URL", ".spec.url"), Column.AGE, Column.SUSPENDED, READY, STATUS));

    /** Those that say whom to tell of events; they have no status; the services know of Alerts. */
    private static final List<ObjectKind> NOTIFYING = List.of(
            ObjectKind.of(
                    Kinds.ALERT,
                    Column.of("PROVIDER", ".spec.providerRef.name"),
                    Column.SUSPENDED,
                    READY,
                    STATUS,
                    Column.AGE),
            ObjectKind.of(Kinds.PROVIDER, Column.of("TYPE", ".spec.type"), Column.SUSPENDED, Column.AGE));

    /** Rendered by ResourceSets; any other rendered kind is found by its own name. */
    private static final ObjectKind KUSTOMIZATION = new ObjectKind(
            "Kustomization",
            "kustomize.toolkit.fluxcd.io",
            List.of("kustomizations", "ks"),
            List.of(
                    Column.of("SOURCE", ".spec.sourceRef.name"),
                    Column.wide("SUBSTITUTE", ".spec.postBuild.substitute"),
                    Column.AGE,
                    READY,
                    STATUS));

    /** Those that are known before anything was rendered. */
    public static final List<ObjectKind> SHOWN = Stream.of(SERVED, NOTIFYING, List.of(KUSTOMIZATION))
            .flatMap(List::stream)
            .toList();

    /** What the flux command says in two words. */
    private static final Map<String, Map<String, String>> TWO_WORDS = Map.of(
            "image",
            Map.of(
                    "repository", "imgrepo",
                    "repositories", "imgrepo",
                    "policy", "imgpol",
                    "policies", "imgpol",
                    "update", "iua",
                    "updates", "iua",
                    "all", "imgrepo,imgpol,iua"),
            "source",
            Map.of("git", "gitrepo", "all", "gitrepo"));

    /** What people type after {@code flux get} that is nobody's business here. */
    private static final Set<String> FLUXS_OWN = Set.of(
            "helmrelease",
            "helmreleases",
            "hr",
            "helmrepository",
            "helmrepositories",
            "helmrepo",
            "helmchart",
            "helmcharts",
            "hc",
            "ocirepository",
            "ocirepositories",
            "ocirepo",
            "bucket",
            "buckets",
            "externalartifact",
            "externalartifacts",
            "artifactgenerator",
            "artifactgenerators");

    private ObjectKinds() {}

    /** {@code image policy NAME} becomes {@code imgpol NAME}; everything else stays. */
    public static List<String> joinTwoWords(List<String> words) {
        if (words.size() < 2) {
            return words;
        }
        String kind =
                TWO_WORDS.getOrDefault(singular(words.getFirst()), Map.of()).get(words.get(1));
        if (kind == null) {
            return words;
        }
        List<String> joined = new ArrayList<>(List.of(kind));
        joined.addAll(words.subList(2, words.size()));
        return joined;
    }

    /** What may follow a first word such as {@code image}; none where it is a kind by itself. */
    public static List<String> secondWords(String first) {
        return TWO_WORDS.getOrDefault(singular(first), Map.of()).keySet().stream()
                .sorted()
                .toList();
    }

    private static String singular(String word) {
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }

    /**
     * The kinds that somebody means who types {@code words}: one, several with commas, or {@code all}.
     *
     * @param rendered kinds that were rendered, by their own names
     */
    public static List<ObjectKind> named(String words, Collection<String> rendered) {
        if (words.equals("all")) {
            List<ObjectKind> all = new ArrayList<>(SERVED);
            rendered.forEach(name -> all.add(one(name, rendered)));
            return all;
        }
        List<ObjectKind> kinds = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            kinds.add(one(word, rendered));
        }
        return kinds;
    }

    private static ObjectKind one(String word, Collection<String> rendered) {
        for (ObjectKind kind : SHOWN) {
            if (kind.answersTo(word)) {
                return kind;
            }
        }
        for (String name : rendered) {
            String lower = name.toLowerCase(Locale.ROOT);
            ObjectKind kind = new ObjectKind(name, "", List.of(lower + "s", lower + "es"), List.of(Column.AGE));
            if (kind.answersTo(word)) {
                return kind;
            }
        }
        List<String> known = SHOWN.stream()
                .flatMap(kind -> Stream.concat(Stream.of(kind.name().toLowerCase(Locale.ROOT)), kind.names().stream()))
                .toList();
        if (FLUXS_OWN.contains(word.toLowerCase(Locale.ROOT))) {
            throw new UserError(
                    "'" + word + "' is a kind of Flux's that Tidemark neither reads nor writes: ask 'flux get'"
                            + " or 'kubectl get' for it.");
        }
        if (TWO_WORDS.containsKey(singular(word))) {
            throw new UserError("'" + word + "' goes with a second word: "
                    + secondWords(word).stream()
                            .map(second -> word + ' ' + second)
                            .collect(Collectors.joining(", ")) + '.');
        }
        throw new UserError("there is no kind '" + word + "': "
                + Spelling.nearest(word.toLowerCase(Locale.ROOT), known)
                        .map(near -> "did you mean " + near + "? Known are ")
                        .orElse("known are ")
                + SHOWN.stream().map(ObjectKinds::withShortNames).collect(Collectors.joining(", "))
                + " and every kind that a ResourceSet has rendered.");
    }

    /** As {@code imagepolicy (imgpol, imagepol)}. */
    private static String withShortNames(ObjectKind kind) {
        List<String> others = kind.names().subList(1, kind.names().size());
        return kind.word() + (others.isEmpty() ? "" : " (" + String.join(", ", others) + ')');
    }
}
