package dev.tidemark.events;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds members that the contract requires and a record lacks: JSON decoding alone leaves null where none may be. */
final class Missing {

    private static final Map<Class<?>, RecordComponent[]> REQUIRED = new ConcurrentHashMap<>();

    private Missing() {}

    /** Refuses an event, or a record inside it, without a required member. */
    static void check(Record value) {
        for (RecordComponent component : REQUIRED.computeIfAbsent(value.getClass(), Missing::required)) {
            Object member = read(component, value);
            if (member == null) {
                throw new UndecodableException("the member '" + component.getName() + "' is missing");
            }
            if (member instanceof Record inner) {
                check(inner);
            }
            if (member instanceof Iterable<?> list) {
                list.forEach(element -> {
                    if (element instanceof Record inner) {
                        check(inner);
                    }
                });
            }
        }
    }

    static void check(Event event) {
        check((Record) event);
    }

    private static RecordComponent[] required(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !isNullable(component.getAnnotatedType()))
                .toArray(RecordComponent[]::new);
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
