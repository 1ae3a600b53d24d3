package dev.tidemark.renderer.domain.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.renderer.domain.Json;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.yaml.GoYamlDocuments;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of flux-gitless 2.9.1, and that the first one that fits decides. */
class HealthTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static final String ROLLED_OUT = """
            conditions: [{type: Available, status: "True"},
              {type: Progressing, status: "True", reason: NewReplicaSetAvailable}]""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Current    | {}
            Current    | {status: {conditions: [{type: Ready, status: "True"}]}}
            InProgress | {status: {conditions: [{type: Ready, status: "False", message: no}]}}
            InProgress | {status: {conditions: [{type: Ready, status: Unknown}]}}
            InProgress | {metadata: {generation: 2}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "True"}]}}
            Current    | {metadata: {generation: 2}, status: {observedGeneration: 2, conditions: [{type: Ready, status: "True"}]}}
            InProgress | {status: {conditions: [{type: Reconciling, status: "True"}, {type: Ready, status: "True"}]}}
            Failed     | {status: {conditions: [{type: Stalled, status: "True"}, {type: Ready, status: "True"}]}}
            InProgress | {status: {conditions: [{type: Reconciling, status: "True"}, {type: Stalled, status: "True"}]}}
            InProgress | {metadata: {deletionTimestamp: now}, status: {conditions: [{type: Ready, status: "True"}]}}
            InProgress | {metadata: {generation: 2}, status: {observedGeneration: 1, conditions: [{type: Stalled, status: "True"}]}}
            Current    | {status: {conditions: nonsense}}
            """)
    void anyKind(String expected, String yaml) {
        assertThat(health("example.com/v1", "Thing", yaml)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            InProgress | {spec: {progressDeadlineSeconds: 600}}
            Current    | {spec: {progressDeadlineSeconds: 600}, status: {replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1, OK}}
            InProgress | {spec: {replicas: 2}, status: {replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1, OK}}
            InProgress | {spec: {replicas: 2}, status: {replicas: 3, updatedReplicas: 2, availableReplicas: 2, readyReplicas: 2, OK}}
            InProgress | {spec: {replicas: 2}, status: {replicas: 2, updatedReplicas: 1, availableReplicas: 2, readyReplicas: 2, OK}}
            InProgress | {spec: {replicas: 2}, status: {replicas: 2, updatedReplicas: 2, availableReplicas: 1, readyReplicas: 2, OK}}
            InProgress | {spec: {replicas: 2}, status: {replicas: 2, updatedReplicas: 2, availableReplicas: 2, readyReplicas: 1, OK}}
            InProgress | {status: {replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1}}
            InProgress | {spec: {progressDeadlineSeconds: 600}, status: {replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1, conditions: [{type: Available, status: "True"}]}}
            Current    | {status: {replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1, conditions: [{type: Available, status: "True"}]}}
            Failed     | {status: {conditions: [{type: Progressing, status: "False", reason: ProgressDeadlineExceeded, message: too slow}]}}
            """)
    void deployment(String expected, String yaml) {
        assertThat(health("apps/v1", "Deployment", yaml.replace("OK", ROLLED_OUT)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            apps/v1 | StatefulSet | Current    | {spec: {updateStrategy: {type: OnDelete}}}
            apps/v1 | StatefulSet | InProgress | {status: {replicas: 1}}
            apps/v1 | StatefulSet | Current    | {status: {replicas: 1, readyReplicas: 1, currentReplicas: 1, currentRevision: a, updateRevision: a}}
            apps/v1 | StatefulSet | InProgress | {status: {replicas: 1, readyReplicas: 1, currentReplicas: 1, currentRevision: a, updateRevision: b}}
            apps/v1 | StatefulSet | InProgress | {status: {replicas: 2, readyReplicas: 1, currentReplicas: 1, currentRevision: a, updateRevision: a}}
            apps/v1 | StatefulSet | InProgress | {spec: {replicas: 3, updateStrategy: {rollingUpdate: {partition: 1}}}, status: {replicas: 3, readyReplicas: 3, updatedReplicas: 1}}
            apps/v1 | StatefulSet | Current    | {spec: {replicas: 3, updateStrategy: {rollingUpdate: {partition: 1}}}, status: {replicas: 3, readyReplicas: 3, updatedReplicas: 2}}
            apps/v1 | DaemonSet   | InProgress | {metadata: {generation: 1}}
            apps/v1 | DaemonSet   | Current    | {metadata: {generation: 1}, status: {observedGeneration: 1, desiredNumberScheduled: 0}}
            apps/v1 | DaemonSet   | InProgress | {metadata: {generation: 1}, status: {observedGeneration: 1, desiredNumberScheduled: 1, currentNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1}}
            apps/v1 | DaemonSet   | Current    | {metadata: {generation: 1}, status: {observedGeneration: 1, desiredNumberScheduled: 1, currentNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1, numberReady: 1}}
            apps/v1 | ReplicaSet  | InProgress | {status: {conditions: [{type: ReplicaFailure, status: "True"}]}}
            apps/v1 | ReplicaSet  | Current    | {status: {replicas: 1, fullyLabeledReplicas: 1, availableReplicas: 1, readyReplicas: 1}}
            v1      | Pod         | InProgress | {}
            v1      | Pod         | Current    | {status: {phase: Failed}}
            v1      | Pod         | Current    | {status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}
            v1      | Pod         | InProgress | {status: {phase: Running}}
            v1      | Pod         | Failed     | {status: {phase: Running, containerStatuses: [{name: a, state: {waiting: {reason: CrashLoopBackOff}}}]}}
            v1      | Pod         | Failed     | {status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, lastTransitionTime: "2026-01-02T03:03:49Z"}]}}
            v1      | Pod         | InProgress | {status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, lastTransitionTime: "2026-01-02T03:03:50Z"}]}}
            v1      | Service     | Current    | {spec: {type: ClusterIP}}
            v1      | Service     | InProgress | {spec: {type: LoadBalancer}}
            v1      | Service     | Current    | {spec: {type: LoadBalancer, clusterIP: 10.0.0.1}}
            v1      | ConfigMap   | Current    | {status: {conditions: [{type: Ready, status: "False"}]}}
            v1      | PersistentVolumeClaim | InProgress | {status: {phase: Pending}}
            v1      | PersistentVolumeClaim | Current    | {status: {phase: Bound}}
            batch/v1 | Job        | InProgress | {status: {startTime: now}}
            batch/v1 | Job        | Current    | {spec: {suspend: true}}
            batch/v1 | Job        | Current    | {status: {conditions: [{type: Complete, status: "True"}]}}
            batch/v1 | Job        | Failed     | {status: {conditions: [{type: Failed, status: "True", message: back-off}]}}
            apiextensions.k8s.io/v1 | CustomResourceDefinition | InProgress | {}
            apiextensions.k8s.io/v1 | CustomResourceDefinition | InProgress | {status: {conditions: [{type: Established, status: "False", reason: Installing}]}}
            apiextensions.k8s.io/v1 | CustomResourceDefinition | Failed     | {status: {conditions: [{type: Established, status: "False", reason: Other}]}}
            apiextensions.k8s.io/v1 | CustomResourceDefinition | Failed     | {status: {conditions: [{type: NamesAccepted, status: "False"}, {type: Established, status: "True"}]}}
            apiextensions.k8s.io/v1 | CustomResourceDefinition | Current    | {status: {conditions: [{type: Established, status: "True"}]}}
            fluxcd.controlplane.io/v1 | ResourceSet | InProgress | {metadata: {generation: 2}, status: {conditions: [{type: Ready, status: "True", observedGeneration: 1}]}}
            fluxcd.controlplane.io/v1 | ResourceSet | Current    | {metadata: {generation: 2}, status: {conditions: [{type: Ready, status: "True", observedGeneration: 2}]}}
            fluxcd.controlplane.io/v1 | ResourceSet | InProgress | {metadata: {generation: 2}}
            """)
    void kindsOfTheirOwn(String apiVersion, String kind, String expected, String yaml) {
        assertThat(health(apiVersion, kind, yaml)).isEqualTo(expected);
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(Health.of(object("apps/v1", "Deployment", "{spec: {replicas: 2}, status: {replicas: 2}}"), NOW))
                .isEqualTo(new Health.InProgress("updatedReplicas is 0 of 2"));
    }

    private static String health(String apiVersion, String kind, String yaml) {
        return Health.of(object(apiVersion, kind, yaml), NOW).getClass().getSimpleName();
    }

    private static KubeObject object(String apiVersion, String kind, String yaml) {
        Map<?, ?> members = (Map<?, ?>) Objects.requireNonNull(new GoYamlDocuments().first(yaml));
        var object = new TreeMap<String, Object>(Json.object(members));
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        return new KubeObject(object);
    }
}
