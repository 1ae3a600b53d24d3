package dev.tidemark.committer.domain;

import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.TagSelected;
import dev.tidemark.events.SelectedTag;
import dev.tidemark.events.Target;
import dev.tidemark.flux.ImagePolicySpec;
import dev.tidemark.flux.ImageRef;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LabelSelector;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.cache.Resources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is selected for the policies that automations name, for one run: automations of one namespace with the same selector
 * share the answer, so that a thousand of them on one branch cost no more than one. Of a policy only its name and its
 * labels are read.
 */
final class SelectedPolicies {

    private final String cluster;
    private final Resources resources;
    private final Selections selections;
    private final Map<Key, Chosen> chosen = new HashMap<>();

    private record Key(String namespace, @Nullable LabelSelector selector) {}

    private record Chosen(List<Policy> policies, Map<String, Envelope<TagSelected>> selections) {}

    SelectedPolicies(String cluster, Resources resources, Selections selections) {
        this.cluster = cluster;
        this.resources = resources;
        this.selections = selections;
    }

    AutomationPlan in(AutomationPlan plan) {
        Key key =
                new Key(plan.automation().namespace(), plan.automation().spec().policySelector());
        Chosen found = chosen.computeIfAbsent(key, this::choose);
        return plan.with(found.policies(), found.selections());
    }

    private Chosen choose(Key key) {
        List<Policy> policies = new ArrayList<>();
        Map<String, Envelope<TagSelected>> selected = new TreeMap<>();
        for (Resource<ImagePolicySpec> policy : resources.all(Kinds.IMAGE_POLICY, key.namespace())) {
            if (selects(key.selector(), policy.metadata().labels())) {
                Target target = new Target(cluster, Kinds.IMAGE_POLICY.name(), policy.namespace(), policy.name());
                selections.of(target).ifPresent(selection -> latest(selection.event())
                        .ifPresent(image -> {
                            policies.add(new Policy(policy.namespace(), policy.name(), image));
                            selected.put(target.text(), selection);
                        }));
            }
        }
        return new Chosen(List.copyOf(policies), Collections.unmodifiableMap(selected));
    }

    /** Empty while nothing is selected. */
    static Optional<ImageRef> latest(TagSelected selected) {
        if (selected.tags().isEmpty()) {
            return Optional.empty();
        }
        SelectedTag tag = selected.tags().getFirst();
        return Optional.of(new ImageRef(selected.name(), tag.tag(), tag.digest()));
    }

    static boolean selects(@Nullable LabelSelector selector, Map<String, String> labels) {
        return selector == null || selector.matches(labels);
    }
}
