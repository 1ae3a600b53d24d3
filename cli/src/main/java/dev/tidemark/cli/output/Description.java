package dev.tidemark.cli.output;

import dev.tidemark.flux.view.Tree;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints one object for people, as {@code kubectl describe} does with a kind that it has no special words for. */
public final class Description {

    /** What Tidemark does with what another controller works on. */
    public static final String LEFT =
            "Tidemark decides and compares, and writes nothing, unless it runs with TIDEMARK_KUBERNETES_TAKE_OVER=true";

    private static final String STEP = "  ";

    private final StringBuilder out = new StringBuilder();

    private Description() {}

    public static String of(Tree object) {
        Description description = new Description();
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("Name", object.name());
        head.put("Namespace", object.namespace());
        head.put("Labels", joined(object.labels(), "="));
        head.put("Annotations", joined(object.texts("metadata", "annotations"), ": "));
        head.put("API Version", object.text("apiVersion"));
        head.put("Kind", object.kind());
        String created = object.text("metadata", "creationTimestamp");
        if (!created.isEmpty()) {
            head.put("Creation Timestamp", created);
        }
        description.members(head, "");
        Map<String, Object> rest = new LinkedHashMap<>(object.members());
        rest.keySet().removeAll(Set.of("apiVersion", "kind", "metadata"));
        description.members(rest, "");
        return description.out.toString();
    }

    /**
     * The same of an object that Tidemark leaves to another controller.
     *
     * @param manager the other's name
     */
    public static String inShadowOf(String manager, Tree object) {
        return of(object) + "Shadow:  in the shadow of " + manager + ": " + LEFT + '\n';
    }

    private static String joined(Map<String, String> map, String between) {
        return map.isEmpty()
                ? "<none>"
                : map.entrySet().stream()
                        .map(entry -> entry.getKey() + between + entry.getValue())
                        .collect(Collectors.joining("\n"));
    }

    private void members(Map<?, ?> map, String indent) {
        int width = map.keySet().stream()
                .mapToInt(key -> ScreenWidth.of(title(String.valueOf(key))))
                .max()
                .orElse(0);
        map.forEach((key, value) -> {
            String title = title(String.valueOf(key)) + ':';
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                out.append(indent).append(title).append('\n');
                members(inner, indent + STEP);
            } else if (value instanceof Collection<?> list && !list.isEmpty()) {
                out.append(indent).append(title).append('\n');
                items(list, indent + STEP);
            } else {
                String start = indent + title + " ".repeat(width + 3 - ScreenWidth.of(title));
                String text = value instanceof Collection || value instanceof Map ? "<none>" : String.valueOf(value);
                out.append(start)
                        .append(text.stripTrailing().replace("\n", "\n" + " ".repeat(ScreenWidth.of(start))))
                        .append('\n');
            }
        });
    }

    /** Items that are maps are told apart by a dash. */
    private void items(Collection<?> list, String indent) {
        for (Object item : list) {
            if (item instanceof Map<?, ?> map) {
                int begin = out.length();
                members(map, indent + STEP);
                out.replace(begin, begin + indent.length() + STEP.length(), indent + "- ");
            } else {
                out.append(indent).append(item).append('\n');
            }
        }
    }

    /** {@code lastScanResult} becomes {@code Last Scan Result}; keys that are data stay as they are. */
    private static String title(String key) {
        if (key.isEmpty()
                || !Character.isLowerCase(key.charAt(0))
                || !key.chars().allMatch(Character::isLetterOrDigit)) {
            return key;
        }
        StringBuilder title = new StringBuilder();
        title.append(Character.toUpperCase(key.charAt(0)));
        for (int i = 1; i < key.length(); i++) {
            if (Character.isUpperCase(key.charAt(i)) && !Character.isUpperCase(key.charAt(i - 1))) {
                title.append(' ');
            }
            title.append(key.charAt(i));
        }
        return title.toString();
    }
}
