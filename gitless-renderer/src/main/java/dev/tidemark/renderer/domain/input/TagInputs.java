package dev.tidemark.renderer.domain.input;

import dev.tidemark.events.SelectedTag;
import dev.tidemark.policies.inputs.ExportedInputs;
import dev.tidemark.policies.inputs.InputId;
import dev.tidemark.renderer.domain.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a provider over a registry's tags exports (flux-gitless 1.3, 1.8). */
public final class TagInputs {

    private TagInputs() {}

    /** One set per tag, in the evaluator's order. A digest that is not known yet has no key. */
    public static ExportedInputs of(List<SelectedTag> tags, Map<String, ?> defaults) {
        return ExportedInputs.of(tags.stream().map(tag -> of(tag, defaults)).toList());
    }

    private static Map<String, @Nullable Object> of(SelectedTag tag, Map<String, ?> defaults) {
        Map<String, @Nullable Object> set = new TreeMap<>(Json.object(defaults));
        set.put("id", InputId.of(tag.tag()));
        set.put("tag", tag.tag());
        if (tag.digest() != null) {
            set.put("digest", tag.digest());
        }
        return Json.object(set);
    }
}
