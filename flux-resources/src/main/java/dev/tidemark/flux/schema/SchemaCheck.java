package dev.tidemark.flux.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.SecretContent;
import dev.tidemark.go.time.GoDuration;
import dev.tidemark.policies.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Holds an object against a shape. Null counts as absent, as the API server prunes it. */
public final class SchemaCheck {

    /** Whoever misspells more than this in one object reads the first ones; warnings never hide an error. */
    private static final int MOST_FINDINGS = 20;

    /** A message is read on one line. */
    private static final int LONGEST_QUOTE = 60;

    private final boolean secret;
    private final List<Finding> errors = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();

    private SchemaCheck(boolean secret) {
        this.secret = secret;
    }

    /** @param secret no value of it may be in a message */
    public static List<Finding> check(JsonNode object, Shape shape, boolean secret) {
        SchemaCheck check = new SchemaCheck(secret);
        check.check(object, shape, List.of());
        return Stream.concat(check.errors.stream(), check.warnings.stream()).toList();
    }

    private boolean enough() {
        return errors.size() >= MOST_FINDINGS;
    }

    private void check(JsonNode value, Shape shape, List<Object> path) {
        if (enough()) {
            return;
        }
        switch (shape) {
            case Shape.Anything anything -> {}
            case Shape.Text text -> text(value, text, path);
            case Shape.Length length -> length(value, length, path);
            case Shape.Base64Text base64 -> base64(value, path);
            case Shape.Flag flag -> flag(value, path);
            case Shape.Whole whole -> whole(value, whole, path);
            case Shape.Items items -> items(value, items, path);
            case Shape.Entries entries -> entries(value, entries, path);
            case Shape.Members members -> members(value, members, path);
        }
    }

    private void text(JsonNode value, Shape.Text text, List<Object> path) {
        if (!value.isTextual()) {
            notText(value, path);
        } else if (!text.allowed().isEmpty() && !text.allowed().contains(value.textValue())) {
            wrong(path, is(value) + ": write " + oneOf(text.allowed()));
        } else if (text.pattern() != null
                && !text.pattern().matcher(value.textValue()).find()) {
            wrong(path, is(value) + ": " + text.hint());
        }
    }

    private void notText(JsonNode value, List<Object> path) {
        if (value.isNumber()) {
            wrong(path, "is a number where text is required: put it in quotes");
        } else if (value.isBoolean()) {
            wrong(path, "is true or false where text is required: put it in quotes");
        } else {
            wrong(path, "is " + kindOf(value) + " where text is required");
        }
    }

    private void length(JsonNode value, Shape.Length length, List<Object> path) {
        if (!value.isTextual()) {
            wrong(path, "is " + kindOf(value) + " where a duration is required: " + length.hint());
        } else if (!length.pattern().matcher(value.textValue()).matches()
                || GoDuration.nanos(value.textValue()).isEmpty()) {
            wrong(path, is(value) + ", which is not a duration: " + length.hint());
        }
    }

    private void base64(JsonNode value, List<Object> path) {
        if (!value.isTextual() || SecretContent.decode(value.textValue()) == null) {
            wrong(path, "is not base64 (write it under stringData?)");
        }
    }

    private void flag(JsonNode value, List<Object> path) {
        if (value.isTextual()
                && (value.textValue().equals("true") || value.textValue().equals("false"))) {
            wrong(path, "is a text where true or false is required: remove the quotes");
        } else if (!value.isBoolean()) {
            wrong(path, (value.isTextual() ? is(value) : "is " + kindOf(value)) + ": write true or false");
        }
    }

    private void whole(JsonNode value, Shape.Whole whole, List<Object> path) {
        if (value.isTextual()) {
            wrong(path, "is a text where a whole number is required: remove the quotes");
        } else if (!value.isNumber() || !value.canConvertToExactIntegral()) {
            wrong(path, "is " + kindOf(value) + " where a whole number is required");
        } else if (!value.canConvertToLong() || value.longValue() > whole.most()) {
            wrong(path, "is " + quoted(value.asText()) + ": at most " + whole.most());
        } else if (!value.canConvertToInt()) {
            wrong(path, "is " + quoted(value.asText()) + ": too small");
        }
    }

    private void items(JsonNode value, Shape.Items items, List<Object> path) {
        if (!value.isArray()) {
            wrong(path, "is " + kindOf(value) + " where a list is required: begin each entry with '- '");
            return;
        }
        if (value.size() < items.least()) {
            wrong(path, "needs at least " + items.least() + " entry");
        }
        if (items.most() > 0 && value.size() > items.most()) {
            wrong(path, "has " + value.size() + " entries: at most " + items.most());
        }
        for (int i = 0; i < value.size() && !enough(); i++) {
            if (value.get(i).isNull()) {
                wrong(and(path, i), "is empty");
            } else {
                check(value.get(i), items.item(), and(path, i));
            }
        }
    }

    private void entries(JsonNode value, Shape.Entries entries, List<Object> path) {
        if (!value.isObject()) {
            wrong(path, "is " + kindOf(value) + " where a map is required: write KEY: VALUE below it");
            return;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (enough()) {
                return;
            }
            if (!entry.getValue().isNull()) {
                check(entry.getValue(), entries.value(), and(path, entry.getKey()));
            }
        }
    }

    private void members(JsonNode value, Shape.Members members, List<Object> path) {
        if (!value.isObject()) {
            wrong(
                    path,
                    "is " + kindOf(value) + " where an object is required: it has "
                            + String.join(", ", members.members().keySet()));
            return;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            Shape.Member known = members.members().get(entry.getKey());
            if (known == null) {
                unknown(and(path, entry.getKey()), entry.getKey(), members);
            } else if (!entry.getValue().isNull()) {
                check(entry.getValue(), known.shape(), and(path, entry.getKey()));
            }
        }
        for (Shape.Member member : members.members().values()) {
            if (member.required() && !value.hasNonNull(member.name())) {
                errors.add(new Finding(path, true, Finding.text(and(path, member.name())) + " is required"));
            }
        }
        for (Shape.Rule rule : members.rules()) {
            rule.apply(value)
                    .ifPresent(broken ->
                            wrong(broken.member().isEmpty() ? path : and(path, broken.member()), broken.problem()));
        }
    }

    private void unknown(List<Object> path, String name, Shape.Members members) {
        if (warnings.size() >= MOST_FINDINGS) {
            return;
        }
        List<String> others = members.members().keySet().stream().toList();
        String remedy = Spelling.nearest(name, others)
                .map(near -> "did you mean " + near + "?")
                .orElse(others.size() > 12 ? "remove it" : "there are " + String.join(", ", others));
        warnings.add(new Finding(
                path, false, quoted(Finding.text(path), LONGEST_QUOTE * 2) + " is not a known field: " + remedy));
    }

    private void wrong(List<Object> path, String problem) {
        String where = Finding.text(path);
        errors.add(new Finding(path, true, where.isEmpty() ? problem : where + ' ' + problem));
    }

    private String is(JsonNode value) {
        return secret ? "has another value" : "is '" + quoted(value.asText()) + "'";
    }

    private String quoted(String text) {
        return secret ? "***" : quoted(text, LONGEST_QUOTE);
    }

    private static String quoted(String text, int longest) {
        String clean = Redaction.ofUrls().apply(text).replaceAll("\\p{Cntrl}", " ");
        return clean.length() <= longest ? clean : clean.substring(0, clean.offsetByCodePoints(0, longest / 2)) + "...";
    }

    private static String oneOf(List<String> allowed) {
        return allowed.size() == 1 ? allowed.getFirst() : "one of " + String.join(", ", allowed);
    }

    private static String kindOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "a map";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            case STRING, BINARY -> "a text";
            case NULL, MISSING -> "empty";
        };
    }

    private static List<Object> and(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
