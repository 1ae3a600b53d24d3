package dev.tidemark.committer.domain;

import dev.tidemark.events.Branch;
import dev.tidemark.events.Target;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.GitRef;
import dev.tidemark.flux.GitRepositorySpec;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImageUpdateAutomationSpec;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LabelSelector;
import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.Shadow;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.policies.Parsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Turns an automation and what it refers to into a plan (flux-git-based 6, 8, 12.3). */
public final class Planner {

    /** GitRepository's {@code spec.timeout} where none is set. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    /** A longer wait is a mistake; the transport counts milliseconds in 32 bits. */
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    private static final String GIT_REPOSITORY = "GitRepository";
    private static final String SETTERS = "Setters";

    private final String cluster;
    private final CrossNamespaceRefs crossing;
    private final BiConsumer<ResourceId, Throwable> unforeseen;

    /**
     * @param cluster name of the cluster in targets
     * @param crossing whether an automation may use a GitRepository of another namespace
     * @param unforeseen is given what nobody foresaw, in full; the outcome has what fits into a condition
     */
    public Planner(String cluster, CrossNamespaceRefs crossing, BiConsumer<ResourceId, Throwable> unforeseen) {
        this.cluster = cluster;
        this.crossing = crossing;
        this.unforeseen = unforeseen;
    }

    /** Plans one automation, without what is selected and what Secrets hold: those are read when its branch is written. */
    public PlanOutcome plan(Resource<ImageUpdateAutomationSpec> automation, Resources resources) {
        if (automation.spec().suspend() || Shadow.of(automation)) {
            return new PlanOutcome.Suspended();
        }
        try {
            return planned(automation, resources);
        } catch (PlanException ended) {
            return ended.problem();
        } catch (RuntimeException | StackOverflowError fault) {
            return new PlanOutcome.Failed(Reasons.FAILED, unforeseen(automation, fault));
        }
    }

    /** What one resource says can only fail that resource: the others are planned all the same. */
    private String unforeseen(Resource<ImageUpdateAutomationSpec> automation, Throwable fault) {
        unforeseen.accept(automation.id(), fault);
        return Fault.text(fault, Redaction.ofUrls());
    }

    /** The plans of one branch with the policies and selections of this moment. */
    public BranchPlans selected(Collection<AutomationPlan> plans, Resources resources, Selections selections) {
        SelectedPolicies policies = new SelectedPolicies(cluster, resources, selections);
        List<AutomationPlan> complete = new ArrayList<>();
        List<AutomationOutcome> faults = new ArrayList<>();
        for (AutomationPlan plan : plans) {
            try {
                complete.add(policies.in(plan));
            } catch (RuntimeException | StackOverflowError fault) {
                faults.add(new AutomationOutcome.Failed(plan, Reasons.FAILED, unforeseen(plan.automation(), fault)));
            }
        }
        return new BranchPlans(complete, faults);
    }

    /** The policy that a target is; empty for targets of other kinds and clusters. */
    public Optional<Resource<ImagePolicySpec>> policy(Target target, Resources resources) {
        return target.cluster().equals(cluster) && target.kind().equals(Kinds.IMAGE_POLICY.name())
                ? resources.find(Kinds.IMAGE_POLICY, target.namespace(), target.name())
                : Optional.empty();
    }

    /** Whether an automation is to write a policy of its namespace. */
    public boolean selects(Resource<ImageUpdateAutomationSpec> automation, Resource<ImagePolicySpec> policy) {
        return SelectedPolicies.selects(
                automation.spec().policySelector(), policy.metadata().labels());
    }

    /** Whether an automation is to write a policy that it did not write, or the other way round. */
    public boolean concerns(PolicyChange change, Resource<ImageUpdateAutomationSpec> automation) {
        return change.concerns(automation.spec().policySelector());
    }

    /** Whether a policy has an image; before that it says nothing to anybody. */
    public boolean hasImage(ResourceId policy, Selections selections) {
        Target target = new Target(cluster, Kinds.IMAGE_POLICY.name(), policy.namespace(), policy.name());
        return selections
                .of(target)
                .flatMap(selection -> SelectedPolicies.latest(selection.event()))
                .isPresent();
    }

    private PlanOutcome planned(Resource<ImageUpdateAutomationSpec> automation, Resources resources) {
        checkSelector(automation.spec().policySelector());
        ImageUpdateAutomationSpec.Git git = git(automation.spec());
        Resource<GitRepositorySpec> repository = repository(automation, resources);
        if (repository.spec().suspend()) {
            return new PlanOutcome.Suspended();
        }
        GitUrl url = url(repository);
        GitAuthentication.check(repository.spec());
        GitRef ref = git.checkout() == null
                ? repository.spec().ref()
                : git.checkout().ref();
        String pushBranch = pushBranch(git.push(), ref);
        Branch branch = new Branch(url.remote(), pushBranch);
        Refspec refspec = refspec(git.push(), pushBranch);
        return new PlanOutcome.Planned(new AutomationPlan(
                automation, remote(repository, url), checkout(ref), branch, refspec, List.of(), Map.of()));
    }

    private static Remote remote(Resource<GitRepositorySpec> repository, GitUrl url) {
        GitRepositorySpec spec = repository.spec();
        return new Remote(
                repository.id(),
                url,
                GitAuthentication.provider(spec),
                spec.secretRef() == null ? null : spec.secretRef().name(),
                spec.proxySecretRef() == null ? null : spec.proxySecretRef().name(),
                timeout(spec));
    }

    /** Whatever policies there are: one requirement that nobody knows makes the whole selector mean nothing. */
    private static void checkSelector(@Nullable LabelSelector selector) {
        if (selector == null || selector.matchExpressions() == null) {
            return;
        }
        try {
            for (LabelSelector.Requirement requirement : selector.matchExpressions()) {
                var unused = new LabelSelector(null, List.of(requirement)).matches(Map.of());
            }
        } catch (IllegalArgumentException invalid) {
            throw PlanException.stalled(
                    Reasons.INVALID_POLICY_SELECTOR, "failed to parse policy selector: " + invalid.getMessage());
        }
    }

    private static ImageUpdateAutomationSpec.Git git(ImageUpdateAutomationSpec spec) {
        String kind = spec.sourceRef().kind() == null
                ? GIT_REPOSITORY
                : spec.sourceRef().kind();
        if (!kind.equals(GIT_REPOSITORY)) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION, "source kind '" + kind + "' not supported");
        }
        if (spec.git() == null) {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION, "source kind '" + kind + "' necessitates field .spec.git");
        }
        String strategy = spec.update() == null || spec.update().strategy() == null
                ? SETTERS
                : spec.update().strategy();
        if (!strategy.equals(SETTERS)) {
            throw PlanException.stalled(Reasons.INVALID_UPDATE_STRATEGY, "unsupported update strategy: " + strategy);
        }
        return spec.git();
    }

    private Resource<GitRepositorySpec> repository(
            Resource<ImageUpdateAutomationSpec> automation, Resources resources) {
        var reference = automation.spec().sourceRef();
        String namespace = reference.namespace() == null ? automation.namespace() : reference.namespace();
        if (crossing.block(automation.namespace(), namespace)) {
            throw PlanException.stalled(
                    Reasons.ACCESS_DENIED,
                    "can't access 'GitRepository/" + namespace + "/" + reference.name()
                            + "', cross-namespace references have been blocked");
        }
        return resources
                .find(Kinds.GIT_REPOSITORY, namespace, reference.name())
                .orElseThrow(() -> PlanException.source("referenced git repository does not exist: GitRepository \""
                        + namespace + "/" + reference.name() + "\" not found"));
    }

    private static GitUrl url(Resource<GitRepositorySpec> repository) {
        return switch (GitUrl.parse(repository.spec().url())) {
            case Parsed.Value<GitUrl>(GitUrl url) -> url;
            case Parsed.Malformed<GitUrl>(String problem) ->
                throw PlanException.stalled(
                        Reasons.INVALID_SOURCE_CONFIGURATION,
                        problem + " (spec.url of GitRepository " + repository.namespace() + '/' + repository.name()
                                + ')');
        };
    }

    private static Duration timeout(GitRepositorySpec spec) {
        if (spec.timeout() == null) {
            return DEFAULT_TIMEOUT;
        }
        return spec.timeout().compareTo(MAX_TIMEOUT) > 0 ? MAX_TIMEOUT : spec.timeout();
    }

    private static String pushBranch(ImageUpdateAutomationSpec.@Nullable Push push, @Nullable GitRef ref) {
        if (push != null && push.branch() != null && !push.branch().isEmpty()) {
            return refName(push.branch());
        }
        if (ref != null && ref.branch() != null && !ref.branch().isEmpty()) {
            return refName(ref.branch());
        }
        throw PlanException.source("push spec not provided, and cannot be inferred from .spec.git.checkout.ref or "
                + "GitRepository .spec.ref");
    }

    private static Checkout checkout(@Nullable GitRef ref) {
        return switch (Checkout.of(ref)) {
            case Parsed.Value<Checkout>(Checkout checkout) -> checkout;
            case Parsed.Malformed<Checkout>(String problem) ->
                throw PlanException.stalled(Reasons.INVALID_SOURCE_CONFIGURATION, problem);
        };
    }

    private static String refName(String name) {
        RefNames.problem(name).ifPresent(problem -> {
            throw PlanException.stalled(
                    Reasons.INVALID_SOURCE_CONFIGURATION,
                    "'" + Printable.text(name) + "' is no name of a branch, tag or ref: " + problem);
        });
        return name;
    }

    private static @Nullable Refspec refspec(ImageUpdateAutomationSpec.@Nullable Push push, String pushBranch) {
        String text = push == null ? null : push.refspec();
        if (text == null || text.isEmpty()) {
            return null;
        }
        return switch (Refspec.parse(text, "refs/heads/" + pushBranch)) {
            case Parsed.Value<Refspec>(Refspec refspec) -> refspec;
            case Parsed.Malformed<Refspec>(String problem) ->
                throw PlanException.stalled(Reasons.INVALID_SOURCE_CONFIGURATION, problem);
        };
    }
}
