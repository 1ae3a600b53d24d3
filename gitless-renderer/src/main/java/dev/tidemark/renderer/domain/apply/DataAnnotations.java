package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Annotations of rendered objects that ask for data of other objects (flux-gitless 2.6). */
public final class DataAnnotations {

    private static final String PREFIX = "fluxcd.controlplane.io/";

    /** Of a ConfigMap or a Secret: all that another one holds. */
    static final String COPY_FROM = PREFIX + "copyFrom";

    /** Of a ConfigMap: address and authority of a kubeconfig that a Secret holds. */
    static final String CONVERT_FROM = PREFIX + "convertKubeConfigFrom";

    /** Also of templates within the object, of Pods for example. */
    static final String CHECKSUM_FROM = PREFIX + "checksumFrom";

    /** What {@link #CHECKSUM_FROM} brings. */
    static final String CHECKSUM = PREFIX + "checksum";

    private DataAnnotations() {}

    /** One that the object has; applied without what it asks for, the object would be another one. */
    public static Optional<String> in(KubeObject object) {
        return List.of(COPY_FROM, CONVERT_FROM).stream()
                .filter(annotation -> !object.annotation(annotation).isEmpty())
                .findFirst()
                .or(() -> asksForChecksum(object) ? Optional.of(CHECKSUM_FROM) : Optional.empty());
    }

    static boolean asksForChecksum(KubeObject object) {
        return mentions(object.json(), CHECKSUM_FROM);
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
