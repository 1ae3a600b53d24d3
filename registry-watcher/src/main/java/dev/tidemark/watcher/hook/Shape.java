package dev.tidemark.watcher.hook;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** What a body must look like so that Go reads it into a type; null has every shape, unknown members do not count. */
@FunctionalInterface
interface Shape {

    Shape TEXT = value -> value.isNull() || value.isText();

    Shape TEXTS = value -> value.isNull() || (value.isArray() && value.eachElement(TEXT::fits));

    boolean fits(Json value);

    /**
     * An object. Each member counts that means a field, also when the same comes again.
     *
     * @param fields by name in lower case
     */
    static Shape object(Map<String, Shape> fields) {
        return value -> value.isNull()
                || (value.isObject()
                        && value.eachMember((name, member) -> {
                            String field = name.among(fields.keySet());
                            return field == null
                                    || requireNonNull(fields.get(field)).fits(member);
                        }));
    }
}
