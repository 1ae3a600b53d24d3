package dev.tidemark.renderer.domain.input;

import dev.tidemark.policies.inputs.InputId;
import dev.tidemark.renderer.domain.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the input sets that a ResourceSet is rendered with out of its sources (flux-gitless 2.2). */
public final class InputCombination {

    /** More combinations than this are refused: a product grows faster than anybody means it to. */
    static final int MAX_PERMUTATIONS = 10_000;

    private InputCombination() {}

    /** What became of the sources. */
    public sealed interface Outcome {
        /** @param sets in the order of rendering */
        record Combined(List<Map<String, @Nullable Object>> sets) implements Outcome {}

        /** @param message what is wrong; only a change of the ResourceSet or a provider helps */
        record Refused(String message) implements Outcome {}
    }

    /** Puts one after the other; each set knows its provider. */
    public static Outcome flatten(List<InputSource> sources) {
        List<Map<String, @Nullable Object>> sets = new ArrayList<>();
        for (InputSource source : inOrder(sources)) {
            for (Map<String, @Nullable Object> set : source.sets()) {
                sets.add(withProvider(set, source));
            }
        }
        return new Outcome.Combined(sets);
    }

    /**
     * The product of all sources, the last one varying fastest, each below the name of its provider.
     *
     * @param includeEmpty whether a source without sets makes the product empty; else it is left out
     */
    public static Outcome permute(List<InputSource> sources, boolean includeEmpty) {
        List<Combination> product = List.of(new Combination("", Map.<String, @Nullable Object>of()));
        boolean any = false;
        for (InputSource source : inOrder(sources)) {
            if (source.sets().isEmpty() && !includeEmpty) {
                continue;
            }
            any = true;
            String key = ProviderName.normalised(source.name());
            if (key.isEmpty()) {
                return new Outcome.Refused("the name of " + source.kind() + " '" + source.name()
                        + "' has no letter or digit to make a template key of: rename it");
            }
            if ((long) product.size() * source.sets().size() > MAX_PERMUTATIONS) {
                return new Outcome.Refused("the inputs have more than the maximum allowed permutations of "
                        + MAX_PERMUTATIONS + ": narrow the providers' filters or their limits");
            }
            product = times(product, key, source);
        }
        return new Outcome.Combined(
                any ? product.stream().map(Combination::identified).toList() : List.of());
    }

    private record Combination(String path, Map<String, @Nullable Object> members) {

        Combination and(String key, int index, Map<String, @Nullable Object> set) {
            Map<String, @Nullable Object> more = new TreeMap<>(members);
            more.put(key, set);
            return new Combination((path.isEmpty() ? "" : path + '/') + key + '=' + index, more);
        }

        Map<String, @Nullable Object> identified() {
            Map<String, @Nullable Object> set = new TreeMap<>(members);
            set.put("id", InputId.of(path));
            return Json.object(set);
        }
    }

    private static List<Combination> times(List<Combination> product, String key, InputSource source) {
        List<Combination> next = new ArrayList<>(product.size() * source.sets().size());
        for (Combination combination : product) {
            for (int i = 0; i < source.sets().size(); i++) {
                next.add(combination.and(key, i, withProvider(source.sets().get(i), source)));
            }
        }
        return next;
    }

    /** The ResourceSet itself first (its kind sorts first), then providers by kind, namespace and name. */
    private static List<InputSource> inOrder(List<InputSource> sources) {
        return sources.stream()
                .sorted(Comparator.comparing(InputSource::kind)
                        .thenComparing(InputSource::namespace)
                        .thenComparing(InputSource::name))
                .toList();
    }

    private static Map<String, @Nullable Object> withProvider(Map<String, @Nullable Object> set, InputSource source) {
        Map<String, @Nullable Object> more = new TreeMap<>(set);
        more.put("provider", source.reference());
        return Json.object(more);
    }
}
