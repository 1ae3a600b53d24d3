package dev.tidemark.renderer.domain.apply;

import dev.tidemark.renderer.domain.ObjectId;
import java.util.Comparator;
import java.util.List;

/** What must exist before what (flux-gitless 2.8): stages, then kinds, then names. Deletion goes the other way. */
final class ApplyOrder {

    /** Up to this one a stage has to be healthy before the next begins (flux-gitless 2.8). */
    static final int LAST_AWAITED_STAGE = 1;

    private static final List<String> DEFINITIONS = List.of("CustomResourceDefinition", "Namespace", "ClusterRole");
    private static final List<String> FIRST = List.of(
            "CustomResourceDefinition",
            "Namespace",
            "ClusterRole",
            "ClusterClass",
            "RuntimeClass",
            "PriorityClass",
            "StorageClass",
            "VolumeSnapshotClass",
            "IngressClass",
            "GatewayClass",
            "ClusterRoleBinding",
            "ResourceQuota",
            "ServiceAccount",
            "Role",
            "RoleBinding",
            "ConfigMap",
            "Secret",
            "Service",
            "LimitRange",
            "Deployment",
            "StatefulSet",
            "CronJob",
            "PodDisruptionBudget");
    private static final List<String> LAST = List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

    static final Comparator<ObjectId> APPLY = Comparator.comparingInt(ApplyOrder::stage)
            .thenComparingInt(ApplyOrder::rank)
            .thenComparing(ObjectId::group)
            .thenComparing(ObjectId::kind)
            .thenComparing(ObjectId::namespace)
            .thenComparing(ObjectId::name);

    /** Flux's own appliers first: they clean up what they made while it is still reachable (flux-gitless 2.10). */
    static final Comparator<ObjectId> DELETE =
            Comparator.comparing(ApplyOrder::appliesItself).reversed().thenComparing(APPLY.reversed());

    private ApplyOrder() {}

    /** Those that have to be there before those of the next stage are applied. */
    static int stage(ObjectId id) {
        if (DEFINITIONS.contains(id.kind())) {
            return 0;
        }
        if (id.kind().endsWith("Class")) {
            return LAST_AWAITED_STAGE;
        }
        return id.kind().equals("Role") && id.group().equals("rbac.authorization.k8s.io") ? 2 : 3;
    }

    private static int rank(ObjectId id) {
        int first = FIRST.indexOf(id.kind());
        if (first >= 0) {
            return first;
        }
        return FIRST.size() + 1 + LAST.indexOf(id.kind());
    }

    private static boolean appliesItself(ObjectId id) {
        return (id.kind().equals("Kustomization") && id.group().equals("kustomize.toolkit.fluxcd.io"))
                || (id.kind().equals("HelmRelease") && id.group().equals("helm.toolkit.fluxcd.io"));
    }
}
