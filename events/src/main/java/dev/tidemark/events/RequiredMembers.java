package dev.tidemark.events;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds members that a record requires and lacks: JSON decoding alone leaves null where the type allows none. */
public final class RequiredMembers {

    private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();

    private RequiredMembers() {}

    /**
     * Refuses a record that lacks a component not marked {@link Nullable}, also deep inside.
     *
     * @throws IllegalArgumentException naming the path of the missing member
     */
    public static void check(Record value) {
        check(value, "");
    }

    private static void check(Record value, String path) {
        for (RecordComponent component : COMPONENTS.computeIfAbsent(value.getClass(), Class::getRecordComponents)) {
            String name = path + component.getName();
            Object member = read(component, value);
            if (member == null && !isNullable(component.getAnnotatedType())) {
                throw new IllegalArgumentException("'" + name + "' is required");
            }
            descend(member, name, holdsAnything(component));
        }
    }

    private static void descend(@Nullable Object member, String name, boolean free) {
        if (member instanceof Record inner) {
            check(inner, name + '.');
        } else if (member instanceof Iterable<?> list) {
            int index = 0;
            for (Object element : list) {
                element(element, name + '[' + index++ + ']', free);
            }
        } else if (member instanceof Map<?, ?> map) {
            map.forEach((key, value) -> element(value, name + '[' + key + ']', free));
        }
    }

    private static void element(@Nullable Object element, String name, boolean free) {
        if (element == null && !free) {
            throw new IllegalArgumentException("'" + name + "' is required");
        }
        if (!free) {
            descend(element, name, false);
        }
    }

    /** Free-form JSON, {@code Map<String, Object>} or a list of such: null is a value there. */
    private static boolean holdsAnything(RecordComponent component) {
        return component.getGenericType().getTypeName().contains("java.lang.Object>");
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor can be called: " + component, e);
        }
    }
}
