package dev.tidemark.renderer.domain.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.renderer.domain.KubeObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldOwnersTest {

    @ParameterizedTest
    @CsvSource({
        "kubectl-client-side-apply, Update, true",
        "kubectl, Apply, true",
        "kubectl-edit, Update, true",
        "helm, Update, true",
        "helm, Apply, false",
        "kustomize-controller, Apply, true",
        "kustomize-controller, Update, false",
        "before-first-apply, Update, true",
        "argocd, Apply, false",
        "flux-operator, Apply, false"
    })
    void takesOverFromPeoplesTools(String manager, String operation, boolean taken) {
        assertThat(FieldOwners.takenOver(object(entry(manager, operation, Map.of("f:a", Map.of()))))
                        .isPresent())
                .isEqualTo(taken);
    }

    @Test
    void whatIsSetThroughASubresourceStaysItsOwners() {
        assertThat(FieldOwners.takenOver(
                        object(Map.of("manager", "kubectl", "operation", "Update", "subresource", "scale"))))
                .isEmpty();
    }

    @Test
    void theirFieldsBecomeOursAndOthersStay() {
        var others = entry("argocd", "Apply", Map.of("f:z", Map.of()));
        KubeObject live = object(
                entry("flux-operator", "Apply", Map.of("f:data", Map.of("f:a", Map.of()))),
                others,
                entry("kubectl", "Update", Map.of("f:data", Map.of("f:b", Map.of()), "f:c", Map.of())));

        assertThat(FieldOwners.takenOver(live)).hasValueSatisfying(entries -> assertThat(entries)
                .satisfiesExactly(
                        ours -> assertThat(ours)
                                .containsEntry("manager", "flux-operator")
                                .containsEntry("operation", "Apply")
                                .containsEntry(
                                        "fieldsV1",
                                        Map.of("f:data", Map.of("f:a", Map.of(), "f:b", Map.of()), "f:c", Map.of())),
                        other -> assertThat(other).isEqualTo(others)));
    }

    @Test
    void whoeverTakesAFieldChangesTheFingerprint() {
        KubeObject before = object(entry("flux-operator", "Apply", Map.of("f:a", Map.of(), "f:b", Map.of())));
        KubeObject statusWritten = object(
                entry("flux-operator", "Apply", Map.of("f:a", Map.of(), "f:b", Map.of())),
                Map.of("manager", "controller", "operation", "Update", "subresource", "status"));
        KubeObject taken = object(
                entry("flux-operator", "Apply", Map.of("f:a", Map.of())),
                entry("somebody", "Update", Map.of("f:b", Map.of())));

        assertThat(FieldOwners.fingerprint(statusWritten)).isEqualTo(FieldOwners.fingerprint(before));
        assertThat(FieldOwners.fingerprint(taken)).isNotEqualTo(FieldOwners.fingerprint(before));
    }

    private static Map<String, Object> entry(String manager, String operation, Map<String, Object> fields) {
        return Map.of("manager", manager, "operation", operation, "fieldsV1", fields);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static KubeObject object(Map<String, Object>... entries) {
        return new KubeObject(Map.of("metadata", Map.of("uid", "u", "managedFields", List.of(entries))));
    }
}
