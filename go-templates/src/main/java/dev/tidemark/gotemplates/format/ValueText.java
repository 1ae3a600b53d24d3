package dev.tidemark.gotemplates.format;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.value.GoComplex;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.HostFunction;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.Ordering;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one value with one verb, and what is inside of it. */
final class ValueText {
    private final Flags flags;
    private final BoundedText out;
    private final NumberText simple;

    ValueText(Flags flags, BoundedText out) {
        this.flags = flags;
        this.out = out;
        this.simple = new NumberText(flags, out);
    }

    /** Writes an argument. */
    void argument(@Nullable Object given, int verb) {
        Object value = Values.normal(given == NoValue.INSTANCE ? null : given);
        if (value == null) {
            if (verb == 'v' || verb == 'T') {
                simple.pad("<nil>");
            } else {
                bad(null, verb);
            }
        } else if (verb == 'T') {
            text(Values.typeName(value), 's');
        } else if (verb == 'w') {
            // Only errors have a text to wrap.
            bad(value, verb);
        } else {
            value(value, verb, 0);
        }
    }

    private void bad(@Nullable Object value, int verb) {
        out.append("%!").appendCodePoint(verb).append("(");
        if (value == null) {
            out.append("<nil>");
        } else {
            out.append(Values.typeName(value)).append("=");
            plain(value, 'v', 0);
        }
        out.append(")");
    }

    private void nested(@Nullable Object given, int verb, int depth) {
        Object value = Values.normal(given);
        if (value == null || value == NoValue.INSTANCE) {
            out.append(flags.sharpV ? "interface {}(nil)" : "<nil>");
        } else {
            value(value, verb, depth);
        }
    }

    private void value(Object value, int verb, int depth) {
        if (value instanceof TemplateObject object && !flags.sharpV && "vsxXq".indexOf(verb) >= 0) {
            String text = object.structType().text(object);
            if (text != null) {
                text(text, verb);
                return;
            }
        }
        plain(value, verb, depth);
    }

    /** Writes a value for what it is, without asking it for its text. */
    private void plain(Object value, int verb, int depth) {
        out.budget().enter();
        try {
            switch (value) {
                case String s -> {
                    if (!text(s, verb)) {
                        bad(value, verb);
                    }
                }
                case Boolean b -> {
                    if (verb == 't' || verb == 'v') {
                        simple.pad(b.toString());
                    } else {
                        bad(value, verb);
                    }
                }
                case Long l -> integer(value, l, false, verb);
                case GoInteger i -> integer(value, i.value(), i.type().kind().isUnsigned(), verb);
                case Double d -> {
                    if (!simple.floating(d, verb)) {
                        bad(value, verb);
                    }
                }
                case GoComplex c -> complex(c, verb);
                case List<?> list -> list(list, verb, depth);
                case Map<?, ?> map -> map(map, verb, depth);
                case TemplateObject object -> object(object, verb, depth);
                case HostFunction function -> bad(function, verb);
                default -> bad(Values.typeName(value), verb);
            }
        } finally {
            out.budget().leave();
        }
    }

    private void integer(Object value, long bits, boolean unsigned, int verb) {
        if (!simple.integer(bits, unsigned, verb)) {
            bad(value, verb);
        }
    }

    private void complex(GoComplex value, int verb) {
        if ("vbgGxXfFeE".indexOf(verb) < 0) {
            bad(value, verb);
            return;
        }
        boolean plus = flags.plus;
        out.append('(');
        simple.floating(value.real(), verb);
        flags.plus = true;
        simple.floating(value.imaginary(), verb);
        out.append("i)");
        flags.plus = plus;
    }

    /** Writes a text; false if the verb is none for texts. */
    private boolean text(String text, int verb) {
        out.budget().text(text.length());
        switch (verb) {
            case 'v' -> simple.pad(flags.sharpV ? quoted(text) : simple.truncated(text));
            case 's' -> simple.pad(simple.truncated(text));
            case 'x', 'X' -> simple.hex(Utf8.bytes(text), verb == 'X');
            case 'q' -> simple.pad(quoted(simple.truncated(text)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private String quoted(String text) {
        if (flags.sharp && Quote.canBackquote(text)) {
            return "`" + text + "`";
        }
        return flags.plus ? Quote.asciiString(text) : Quote.string(text);
    }

    private void list(List<?> list, int verb, int depth) {
        out.append(flags.sharpV ? Values.typeName(list) + "{" : "[");
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                out.append(flags.sharpV ? ", " : " ");
            }
            first = false;
            nested(element, verb, depth + 1);
        }
        out.append(flags.sharpV ? '}' : ']');
    }

    private void map(Map<?, ?> map, int verb, int depth) {
        out.append(flags.sharpV ? Values.typeName(map) + "{" : "map[");
        boolean first = true;
        for (Map.Entry<Object, @Nullable Object> entry : Ordering.sorted(map)) {
            if (!first) {
                out.append(flags.sharpV ? ", " : " ");
            }
            first = false;
            nested(entry.getKey(), verb, depth + 1);
            out.append(':');
            nested(entry.getValue(), verb, depth + 1);
        }
        out.append(flags.sharpV ? '}' : ']');
    }

    private void object(TemplateObject object, int verb, int depth) {
        Object underlying = object.structType().underlying(object);
        if (underlying != null && underlying != object) {
            nested(underlying, verb, depth);
            return;
        }
        GoType type = object.structType().type();
        out.append(flags.sharpV ? type.name() + "{" : "{");
        boolean first = true;
        for (StructType.Field<?> field : object.structType().fields()) {
            if (!first) {
                out.append(flags.sharpV ? ", " : " ");
            }
            first = false;
            if (flags.plusV || flags.sharpV) {
                out.append(field.name()).append(':');
            }
            nested(StructType.read(field, object), verb, depth + 1);
        }
        out.append('}');
    }
}
