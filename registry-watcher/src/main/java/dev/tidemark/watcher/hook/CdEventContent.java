package dev.tidemark.watcher.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an event of CDEvents v0.4 may contain, member by member. The table is what its library for Go says of itself,
 * {@code src/test/go/cdeventmembers} asked it; of a package URL its begin is looked at.
 */
final class CdEventContent {

    private static final Pattern PURL =
            Pattern.compile("(?i:pkg):/*[A-Za-z][A-Za-z0-9.+-]*/.*[^/@?#].*", Pattern.DOTALL);

    private static final Map<String, Map<String, Member>> MEMBERS = table();

    /** @param values empty where every text is one */
    private record Member(String name, Shape shape, boolean required, List<String> values) {

        boolean holds(@Nullable Json value) {
            if (value == null) {
                return !required;
            }
            // an empty text that is not required is left out
            return !value.isText()
                    || (value.text().isEmpty() ? !required : values.isEmpty() || values.contains(value.text()));
        }
    }

    private CdEventContent() {}

    /**
     * Whether Go takes the content.
     *
     * @param type {@code artifact.published}
     * @param content null where the subject has none
     */
    static boolean fits(String type, @Nullable Json content) {
        Map<String, Member> members = MEMBERS.getOrDefault(type, Map.of());
        return content == null
                ? members.values().stream().noneMatch(Member::required)
                : Shape.object(shapes(members)).fits(content) && holds(members, content);
    }

    private static boolean holds(Map<String, Member> members, Json content) {
        Map<String, Json> said = content.fields(List.copyOf(members.keySet()));
        return members.values().stream().allMatch(member -> member.holds(said.get(member.name())));
    }

    private static Map<String, Shape> shapes(Map<String, Member> members) {
        Map<String, Shape> shapes = new HashMap<>();
        members.forEach((name, member) -> shapes.put(name, member.shape()));
        return shapes;
    }

    private static Map<String, Map<String, Member>> table() {
        Map<String, Map<String, Member>> table = new HashMap<>();
        for (String line : lines()) {
            List<String> words = List.of(line.split(" ", -1));
            String owner = words.getFirst();
            boolean purl = words.get(2).equals("purl");
            // the library looks at a package URL also where there is none
            boolean required = purl || words.contains("required");
            table.computeIfAbsent(owner, o -> new HashMap<>())
                    .put(
                            words.get(1),
                            new Member(
                                    words.get(1),
                                    shape(words.get(2), owner + '/' + words.get(1)),
                                    required,
                                    words.subList(3, words.size()).stream()
                                            .filter(word -> !word.equals("required"))
                                            .toList()));
        }
        return table;
    }

    private static Shape shape(String kind, String path) {
        return switch (kind) {
            case "text" -> Shape.TEXT;
            case "texts" -> Shape.TEXTS;
            case "purl" ->
                value -> value.isNull()
                        || (value.isText() && PURL.matcher(value.text()).matches());
            case "reference" -> CdEventContent::isReference;
            case "object" -> value -> value.isNull() || fits(path, value);
            default -> throw new IllegalStateException("no kind of value: " + kind);
        };
    }

    private static boolean isReference(Json value) {
        if (value.isNull()) {
            return true;
        }
        Json id = value.fields(List.of("id")).get("id");
        return CdEvents.REFERENCED.fits(value) && id != null && !id.text().isEmpty();
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(
                CdEventContent.class.getResourceAsStream("cdevents-0.4.txt"), "the table is part of the module")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
