package dev.tidemark.gotemplates.exec;

import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.value.GoType;
import dev.tidemark.gotemplates.value.Kind;
import dev.tidemark.gotemplates.value.NoValue;
import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;
import dev.tidemark.gotemplates.value.TypedMap;
import dev.tidemark.gotemplates.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a name after a dot means: a method, a field, a map key. */
final class Members {
    private final MissingKey missingKey;

    Members(MissingKey missingKey) {
        this.missingKey = missingKey;
    }

    /** A method found for a name, to be called by the evaluator with its arguments. */
    record BoundMethod(TemplateObject receiver, StructType.Method<?> method) {
        @Nullable
        Object call(List<@Nullable Object> arguments) {
            return StructType.call(method, receiver, arguments);
        }
    }

    /**
     * Reads a member. A method comes back as a {@link BoundMethod}.
     *
     * @param hasArguments they follow in the template, which only a method may have
     */
    @Nullable
    Object read(@Nullable Object receiver, String name, boolean hasArguments) {
        return switch (receiver) {
            case NoValue none -> {
                if (missingKey == MissingKey.ERROR) {
                    throw new FunctionException("nil data; no entry for key \"" + name + "\"");
                }
                yield none;
            }
            case null -> throw new FunctionException("nil pointer evaluating interface {}." + name);
            case TemplateObject object -> ofObject(object, object, name, hasArguments);
            case Map<?, ?> map when keyKind(map) == Kind.STRING -> ofMap(map, name, hasArguments);
            default -> throw noMember(receiver, name);
        };
    }

    private static Kind keyKind(Map<?, ?> map) {
        return map instanceof TypedMap typed ? typed.type().keyOrString().kind() : Kind.STRING;
    }

    private static FunctionException noMember(Object receiver, String name) {
        String known = receiver instanceof TemplateObject object
                        && !object.structType().fields().isEmpty()
                ? "; its fields are "
                        + String.join(
                                ", ",
                                object.structType().fields().stream()
                                        .map(StructType.Field::name)
                                        .toList())
                : "";
        return new FunctionException("can't evaluate field " + name + " in type " + Values.typeName(receiver) + known);
    }

    private @Nullable Object ofObject(TemplateObject outer, TemplateObject object, String name, boolean hasArguments) {
        StructType.Method<?> method = object.structType().method(name);
        if (method != null) {
            return new BoundMethod(object, method);
        }
        StructType.Field<?> field = object.structType().field(name);
        if (field != null) {
            if (hasArguments) {
                throw new FunctionException(name + " has arguments but cannot be invoked as function");
            }
            return Values.normal(StructType.read(field, object));
        }
        for (StructType.Field<?> embedded : object.structType().fields()) {
            if (embedded.embedded()
                    && StructType.read(embedded, object) instanceof TemplateObject inner
                    && reaches(inner, name)) {
                return ofObject(outer, inner, name, hasArguments);
            }
        }
        throw noMember(outer, name);
    }

    private static boolean reaches(TemplateObject object, String name) {
        if (object.structType().method(name) != null || object.structType().field(name) != null) {
            return true;
        }
        return object.structType().fields().stream()
                .anyMatch(field -> field.embedded()
                        && StructType.read(field, object) instanceof TemplateObject inner
                        && reaches(inner, name));
    }

    private @Nullable Object ofMap(Map<?, ?> map, String name, boolean hasArguments) {
        if (hasArguments) {
            throw new FunctionException(name + " is not a method but has arguments");
        }
        Object value = map.get(name);
        if (value != null || map.containsKey(name)) {
            return Values.normal(value);
        }
        return switch (missingKey) {
            case NO_VALUE -> NoValue.INSTANCE;
            case ZERO -> {
                GoType type = Values.typeOf(map);
                yield type == null ? null : type.elementOrAny().zero();
            }
            case ERROR -> throw new FunctionException("map has no entry for key \"" + name + "\"");
        };
    }
}
