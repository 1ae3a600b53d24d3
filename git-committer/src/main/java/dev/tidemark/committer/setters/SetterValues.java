package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.UpdateException;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.image.ImageReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each marker stands for in one run (flux-git-based 16.2). */
public final class SetterValues {

    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Policy> policies = new HashMap<>();
    private final String namespace;

    /** What a marker stands for. */
    record Value(String text, Policy policy) {}

    private SetterValues(String namespace) {
        this.namespace = namespace;
    }

    /**
     * The values that these policies give; of two with one name the last counts.
     *
     * @param namespace of the automation, to say why a marker is ignored
     * @throws UpdateException if one of them has no valid reference: that fails the run for all (flux-git-based 17.2)
     */
    public static SetterValues of(String namespace, Collection<Policy> policies) {
        SetterValues result = new SetterValues(namespace);
        for (Policy policy : policies) {
            String reference = policy.latest().reference();
            if (ImageReference.parse(reference) instanceof Parsed.Malformed) {
                throw new UpdateException("encountered invalid image ref \"" + reference + "\" of policy "
                        + policy.namespace() + "/" + policy.name()
                        + ": a reference is name:tag or name:tag@sha256:…, the name in lower case");
            }
            String digest = policy.latest().digest();
            String setter = policy.setter();
            result.policies.put(setter, policy);
            result.values.put(setter, new Value(reference, policy));
            result.values.put(setter + ":name", new Value(policy.latest().name(), policy));
            result.values.put(setter + ":tag", new Value(policy.latest().tag(), policy));
            result.values.put(setter + ":digest", new Value(digest == null ? "" : digest, policy));
        }
        return result;
    }

    @Nullable
    Value of(String marker) {
        return values.get(marker);
    }

    /** Why a marker that has no value here is ignored, for a person. */
    String whyIgnored(String marker) {
        String[] parts = marker.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            return "write it as namespace:policy, namespace:policy:tag, :name or :digest";
        }
        if (!parts[0].equals(namespace)) {
            return "it names namespace \"" + parts[0] + "\", and only policies of the automation's own namespace \""
                    + namespace + "\" count";
        }
        if (policies.containsKey(parts[0] + ':' + parts[1])) {
            return "the suffix is none of :tag, :name, :digest";
        }
        return "no selected policy \"" + parts[1] + "\" with a latest image in namespace \"" + namespace + "\"";
    }
}
