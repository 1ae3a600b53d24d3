package dev.tidemark.flux.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a member of an object may hold, as the custom resource definitions have it. */
public sealed interface Shape {

    /**
     * Text.
     *
     * @param allowed all values there are; empty for any
     * @param pattern what has to occur in it; null for any
     * @param hint how to write it, where {@code pattern} is given
     */
    record Text(List<String> allowed, @Nullable Pattern pattern, String hint) implements Shape {}

    /** A Go duration without signs. */
    record Length(Pattern pattern, String hint) implements Shape {}

    /** Base64 text, as {@code data} of a Secret. */
    record Base64Text() implements Shape {}

    record Flag() implements Shape {}

    record Whole(long most) implements Shape {}

    /** @param most zero for no limit */
    record Items(Shape item, int least, int most) implements Shape {}

    /** Any keys, all with values of one shape. */
    record Entries(Shape value) implements Shape {}

    /**
     * Known keys.
     *
     * @param rules what holds between them
     */
    record Members(Map<String, Member> members, List<Rule> rules) implements Shape {}

    /** Whatever somebody likes. */
    record Anything() implements Shape {}

    /** @param required whether it has to be there */
    record Member(String name, Shape shape, boolean required) {}

    /** What has to hold between members of an object: the problem where it does not, as "MEMBER: problem". */
    @FunctionalInterface
    interface Rule extends Function<JsonNode, Optional<Broken>> {}

    /** @param member where the problem is shown; empty for the object itself */
    record Broken(String member, String problem) {}

    /** Durations as the definitions of all intervals have them. */
    Shape INTERVAL =
            new Length(Pattern.compile("^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$"), "write for example 30s, 5m or 1h30m");

    /** Timeouts know no hours. */
    Shape TIMEOUT = new Length(
            Pattern.compile("^([0-9]+(\\.[0-9]+)?(ms|s|m))+$"), "write for example 30s or 5m; without hours");

    Shape FLAG = new Flag();
    Shape ANYTHING = new Anything();
    Shape TEXT = new Text(List.of(), null, "");
    Shape TEXTS = new Entries(TEXT);
    Shape OBJECT = new Entries(ANYTHING);
    Shape REFERENCE = members(required("name", TEXT));
    Shape SELECTOR = members(
            optional("matchLabels", TEXTS),
            optional(
                    "matchExpressions",
                    items(members(
                            required("key", TEXT), required("operator", TEXT), optional("values", items(TEXT))))));

    static Shape oneOf(String... allowed) {
        return new Text(List.of(allowed), null, "");
    }

    static Shape matching(String pattern, String hint) {
        return new Text(List.of(), Pattern.compile(pattern, Pattern.DOTALL), hint);
    }

    static Shape items(Shape item) {
        return new Items(item, 0, 0);
    }

    static Member required(String name, Shape shape) {
        return new Member(name, shape, true);
    }

    static Member optional(String name, Shape shape) {
        return new Member(name, shape, false);
    }

    static Members members(Member... members) {
        Map<String, Member> byName = new LinkedHashMap<>();
        Arrays.stream(members).forEach(member -> byName.put(member.name(), member));
        return new Members(byName, List.of());
    }

    static Members members(List<Rule> rules, Member... members) {
        return new Members(members(members).members(), rules);
    }
}
