package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Annotations of rendered objects that ask for data of other objects (flux-gitless 2.6). */
public final class DataAnnotations {

    private static final String PREFIX = "fluxcd.controlplane.io/";
    private static final List<String> OF_OBJECTS = List.of(PREFIX + "copyFrom", PREFIX + "convertKubeConfigFrom");

    /** Also of templates within the object, of Pods for example. */
    private static final String CHECKSUM = PREFIX + "checksumFrom";

    private DataAnnotations() {}

    /** One that the object has; applied without what it asks for, the object would be another one. */
    public static Optional<String> in(KubeObject object) {
        return OF_OBJECTS.stream()
                .filter(annotation -> !object.annotation(annotation).isEmpty())
                .findFirst()
                .or(() -> mentions(object.json(), CHECKSUM) ? Optional.of(CHECKSUM) : Optional.empty());
    }

    private static boolean mentions(Object value, String key) {
        return switch (value) {
            case Map<?, ?> map ->
                map.containsKey(key)
                        || map.values().stream().anyMatch(member -> member != null && mentions(member, key));
            case List<?> list -> list.stream().anyMatch(member -> member != null && mentions(member, key));
            default -> false;
        };
    }
}
