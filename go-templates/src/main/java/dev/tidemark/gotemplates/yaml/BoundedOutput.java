package dev.tidemark.gotemplates.yaml;

import dev.tidemark.go.json.DocumentOutput;
import dev.tidemark.go.json.JsonWriter;
import dev.tidemark.go.json.Struct;
import dev.tidemark.go.json.Unsigned;
import dev.tidemark.go.strconv.FloatText;
import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.limits.BoundedText;
import dev.tidemark.gotemplates.limits.Budget;
import dev.tidemark.gotemplates.value.GoInteger;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.Values;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A document made of the values of templates, within a budget: what JSON sees of them. */
public final class BoundedOutput implements DocumentOutput {

    private final BoundedText text;

    BoundedOutput(Budget budget) {
        this.text = new BoundedText(budget);
    }

    /**
     * A value as {@code encoding/json} writes it.
     *
     * @param indent of each level; empty for everything in one line
     * @throws FunctionException if JSON cannot hold the value
     */
    public static String json(Budget budget, @Nullable Object value, boolean escapesHtml, String indent) {
        var out = new BoundedOutput(budget);
        JsonWriter.write(value, escapesHtml, indent, out);
        return out.toString();
    }

    @Override
    public void append(CharSequence piece) {
        text.append(piece);
    }

    @Override
    public void begin() {
        text.budget().enter();
    }

    @Override
    public void end() {
        text.budget().leave();
    }

    @Override
    public @Nullable Object view(@Nullable Object given) {
        Object value = Values.normal(given);
        return switch (value) {
            case null -> null;
            case NoValue none -> null;
            case String plain -> plain;
            case Boolean plain -> plain;
            case Long plain -> plain;
            case GoInteger whole ->
                whole.type().kind().isUnsigned() ? new Unsigned(whole.value()) : (Object) whole.value();
            case Double number when Double.isFinite(number) -> number;
            case Double number -> throw new FunctionException("json: unsupported value: " + FloatText.of(number));
            case List<?> list -> list;
            case Map<?, ?> map -> members(map);
            case TemplateObject object -> object(object);
            default -> throw unsupported(value);
        };
    }

    /** Names are texts in the end, and sorted as such. */
    private static Map<String, @Nullable Object> members(Map<?, ?> map) {
        Map<String, @Nullable Object> members = new TreeMap<>(Utf8.ORDER);
        map.forEach((name, value) -> {
            Object key = Values.normal(name);
            if (!(key instanceof String) && Values.integer(key) == null) {
                throw unsupported(map);
            }
            members.put(String.valueOf(key), value);
        });
        return members;
    }

    private @Nullable Object object(TemplateObject object) {
        StructType.Method<?> text = object.structType().method("MarshalText");
        if (text != null) {
            return String.valueOf(StructType.call(text, object, List.of()));
        }
        Object plain = Values.plain(object);
        if (plain != object) {
            return view(plain);
        }
        Struct members = new Struct();
        fields(members, object);
        return members;
    }

    private static void fields(Struct members, TemplateObject object) {
        for (StructType.Field<?> field : object.structType().fields()) {
            Object value = StructType.read(field, object);
            if (field.embedded() && value instanceof TemplateObject inner) {
                fields(members, inner);
            } else {
                members.put(field.name(), value);
            }
        }
    }

    private static FunctionException unsupported(Object value) {
        return new FunctionException("json: unsupported type: " + Values.typeName(value));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
