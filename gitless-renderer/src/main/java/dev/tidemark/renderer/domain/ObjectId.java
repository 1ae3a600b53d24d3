package dev.tidemark.renderer.domain;

import java.util.Optional;
import java.util.Set;

/**
 * Names one rendered object, whatever its version.
 *
 * @param namespace empty for objects without one
 */
public record ObjectId(String group, String kind, String namespace, String name) {

    /** RBAC allows a colon in names, which inventory ids cannot hold (flux-gitless 2.10). */
    private static final Set<String> COLON_KINDS = Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");

    /** {@code namespace_name_group_Kind}, as the inventory has it. */
    public String inventoryId() {
        String escaped = COLON_KINDS.contains(kind) ? name.replace(":", "__") : name;
        return namespace + '_' + escaped + '_' + group + '_' + kind;
    }

    /** Reads {@link #inventoryId()}; empty for a text that is none. */
    public static Optional<ObjectId> ofInventory(String id) {
        int namespaceEnd = id.indexOf('_');
        int kindStart = id.lastIndexOf('_');
        int groupStart = kindStart < 0 ? -1 : id.lastIndexOf('_', kindStart - 1);
        if (namespaceEnd < 0 || groupStart <= namespaceEnd) {
            return Optional.empty();
        }
        String kind = id.substring(kindStart + 1);
        String name = id.substring(namespaceEnd + 1, groupStart);
        return Optional.of(new ObjectId(
                id.substring(groupStart + 1, kindStart),
                kind,
                id.substring(0, namespaceEnd),
                COLON_KINDS.contains(kind) ? name.replace("__", ":") : name));
    }

    /** {@code Kind/namespace/name}, without the namespace where there is none. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? kind + '/' + name : kind + '/' + namespace + '/' + name;
    }
}
