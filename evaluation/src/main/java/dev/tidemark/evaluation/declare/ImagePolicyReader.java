package dev.tidemark.evaluation.declare;

import dev.tidemark.evaluation.DigestRule;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.Target;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Feeds;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.ReconcileAnnotations;
import dev.tidemark.flux.Resource;
import dev.tidemark.policies.gate.Gates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An ImagePolicy as the log declares it, or what keeps it from being declared. */
final class ImagePolicyReader {

    private ImagePolicyReader() {}

    static WantedPolicy read(
            Resource<ImagePolicySpec> policy, PolicySources sources, String cluster, CrossNamespaceRefs crossing) {
        String namespace = PolicySources.repositoryNamespace(policy);
        if (crossing.block(policy.namespace(), namespace)) {
            // before it is looked for: whether there is one is nobody's business either
            return denied(
                    policy,
                    "cannot access 'ImageRepository/" + namespace + '/' + PolicySources.repositoryName(policy)
                            + "', cross-namespace references have been blocked");
        }
        Optional<Resource<ImageRepositorySpec>> repository = sources.repository();
        if (repository.isEmpty()) {
            return refuse(
                    policy,
                    "DependencyNotReady",
                    "failed to get the referred ImageRepository: referenced ImageRepository does not exist: "
                            + "imagerepositories.image.toolkit.fluxcd.io \"" + PolicySources.repositoryName(policy)
                            + "\" not found in namespace \""
                            + namespace + "\"",
                    false);
        }
        Optional<String> denied = RepositoryAccess.denial(policy.namespace(), repository.get(), sources.namespace());
        if (denied.isPresent()) {
            return denied(policy, denied.get());
        }
        return switch (Feeds.ofRepository(repository.get())) {
            case Feeds.Outcome.Invalid(String reason, String message) -> refuse(policy, reason, message, true);
            case Feeds.Outcome.NotARegistry other ->
                refuse(policy, "ImageURLInvalid", other.type() + " has no tags", true);
            case Feeds.Outcome.Valid valid ->
                new WantedPolicy.Declares(declared(policy, of(repository.get().spec(), valid.feed()), cluster));
        };
    }

    /** Labels of a namespace may change: it is tried again. */
    private static WantedPolicy denied(Resource<ImagePolicySpec> policy, String why) {
        return refuse(
                policy, "AccessDenied", "failed to get the referred ImageRepository: access denied: " + why, false);
    }

    /** Over what a declaration says of the image: the repository's part of it. */
    static PolicyDeclared over(PolicyDeclared before, Resource<ImagePolicySpec> policy) {
        return declared(
                policy,
                new Tags(before.feed(), before.name(), before.exclusionList()),
                before.target().cluster());
    }

    /** What the repository says. */
    private record Tags(Feed feed, String name, List<String> exclusionList) {}

    private static Tags of(ImageRepositorySpec repository, Feed feed) {
        return new Tags(feed, repository.image(), repository.effectiveExclusionList());
    }

    private static WantedPolicy refuse(
            Resource<ImagePolicySpec> policy, String reason, String message, boolean stalled) {
        return new WantedPolicy.Refused(
                new WantedPolicy.Refusal(reason, message, stalled),
                policy.metadata().uid());
    }

    private static PolicyDeclared declared(Resource<ImagePolicySpec> policy, Tags tags, String cluster) {
        ImagePolicySpec spec = policy.spec();
        return new PolicyDeclared(
                tags.feed().image(),
                new Target(cluster, policy.kind().name(), policy.namespace(), policy.name()),
                tags.feed(),
                tags.name(),
                spec.rule(),
                spec.filter(),
                spec.digestReflectionPolicy() == null ? DigestRule.NEVER : spec.digestReflectionPolicy(),
                tags.exclusionList(),
                ours(policy.metadata().annotations()),
                policy.metadata().uid(),
                policy.metadata().resourceVersion(),
                0,
                spec.suspend(),
                spec.interval(),
                null,
                null);
    }

    /** Those annotations that a decision may depend on. */
    static Map<String, String> ours(Map<String, String> annotations) {
        Map<String, String> ours = new TreeMap<>();
        annotations.forEach((name, value) -> {
            if (name.startsWith(Gates.PREFIX) || name.equals(ReconcileAnnotations.REQUESTED_AT)) {
                ours.put(name, value);
            }
        });
        return ours;
    }
}
