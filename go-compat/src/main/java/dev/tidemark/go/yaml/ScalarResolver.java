package dev.tidemark.go.yaml;

import dev.tidemark.go.text.Utf8;
import java.math.BigInteger;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a scalar is: null, Boolean, Long, BigInteger beyond a Long, Double, {@link Timestamp} or String. */
final class ScalarResolver {

    private final YamlDialect dialect;

    ScalarResolver(YamlDialect dialect) {
        this.dialect = dialect;
    }

    @Nullable
    Object resolve(YamlEvent.Scalar scalar) {
        String text = scalar.value();
        String tag = tagOf(scalar);
        if (tag == null) {
            return scalar.style() == ScalarStyle.PLAIN ? PlainWords.resolve(text, dialect) : text;
        }
        return switch (tag) {
            case Tags.NULL, Tags.BOOL, Tags.INT, Tags.FLOAT, Tags.TIMESTAMP -> explicit(scalar, tag);
            case Tags.BINARY -> binary(scalar);
            default -> text;
        };
    }

    /** Whether it is text by its tag or style, or by what it says; {@code <<} is not. */
    boolean isText(YamlEvent.Scalar scalar) {
        String tag = tagOf(scalar);
        if (tag != null) {
            return tag.equals(Tags.STR);
        }
        return scalar.style() != ScalarStyle.PLAIN || resolve(scalar) instanceof String;
    }

    /** Null for a scalar whose text and style decide. */
    private @Nullable String tagOf(YamlEvent.Scalar scalar) {
        String tag = scalar.tag();
        if (tag == null || dialect == YamlDialect.KUBERNETES) {
            return tag;
        }
        if (tag.equals(Tags.NONE)) {
            return null;
        }
        return tag.startsWith("!!") ? Tags.PREFIX + tag.substring(2) : tag;
    }

    private @Nullable Object explicit(YamlEvent.Scalar scalar, String tag) {
        String text = scalar.value();
        Timestamp time = tag.equals(Tags.TIMESTAMP) ? Timestamp.parse(text) : null;
        if (time != null) {
            return dialect == YamlDialect.KYAML ? time : text;
        }
        Object value = PlainWords.resolveWithoutTimes(text, dialect);
        boolean fits =
                switch (tag) {
                    case Tags.NULL -> value == null;
                    case Tags.BOOL -> value instanceof Boolean;
                    case Tags.INT -> value instanceof Long || value instanceof BigInteger;
                    case Tags.FLOAT -> value instanceof Long || value instanceof Double;
                    default -> false;
                };
        if (!fits) {
            throw ValueBuilder.error(scalar, "'" + text + "' is not a " + tag.substring(Tags.PREFIX.length()));
        }
        return tag.equals(Tags.FLOAT) && value instanceof Long whole ? (Object) whole.doubleValue() : value;
    }

    private static String binary(YamlEvent.Scalar scalar) {
        try {
            String base64 = scalar.value().replace("\n", "").replace("\r", "");
            if (base64.length() % 4 != 0) {
                throw ValueBuilder.error(scalar, "!!binary needs base64 with its padding");
            }
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Utf8.shown(bytes, 0, bytes.length);
        } catch (IllegalArgumentException e) {
            throw ValueBuilder.error(scalar, "!!binary needs base64");
        }
    }
}
