package dev.tidemark.events;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds members that a record requires and lacks: JSON decoding alone leaves null where the type allows none. */
public final class RequiredMembers {

    private static final Map<Class<?>, List<Member>> MEMBERS = new ConcurrentHashMap<>();

    /** What reflection says of a component; it is asked once, since every record of the log passes here. */
    private record Member(String name, Method accessor, boolean nullable, boolean free) {
        static List<Member> of(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Member::of).toList();
        }

        private static Member of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return new Member(
                    component.getName(),
                    accessor,
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    holdsAnything(component));
        }
    }

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
        for (Member member : MEMBERS.computeIfAbsent(value.getClass(), Member::of)) {
            String name = path + member.name();
            Object content = read(member, value);
            if (content == null && !member.nullable()) {
                throw new IllegalArgumentException("'" + name + "' is required");
            }
            descend(content, name, member.free());
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

    private static @Nullable Object read(Member member, Record value) {
        try {
            return member.accessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor can be called: " + member.accessor(), e);
        }
    }
}
