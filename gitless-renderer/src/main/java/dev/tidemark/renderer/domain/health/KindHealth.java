package dev.tidemark.renderer.domain.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Kinds that say in their own way how they stand (flux-gitless 2.9.1). */
final class KindHealth {

    /** The scheduler itself needs some time after a node or a volume has come. */
    private static final Duration SCHEDULING = Duration.ofSeconds(15);

    private static final Rule ALWAYS = (object, now) -> new Health.Current();

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("apps/Deployment", (object, now) -> deployment(object)),
            Map.entry("apps/StatefulSet", (object, now) -> statefulSet(object)),
            Map.entry("apps/DaemonSet", (object, now) -> daemonSet(object)),
            Map.entry("apps/ReplicaSet", (object, now) -> replicaSet(object)),
            Map.entry("/Pod", KindHealth::pod),
            Map.entry("/PersistentVolumeClaim", (object, now) -> claim(object)),
            Map.entry("/Service", (object, now) -> service(object)),
            Map.entry("batch/Job", (object, now) -> job(object)),
            Map.entry("apiextensions.k8s.io/CustomResourceDefinition", (object, now) -> definition(object)),
            Map.entry("/ConfigMap", ALWAYS),
            Map.entry("/Secret", ALWAYS),
            Map.entry("batch/CronJob", ALWAYS),
            Map.entry("policy/PodDisruptionBudget", ALWAYS));

    private KindHealth() {}

    /** What one kind's spec and status mean. */
    @FunctionalInterface
    interface Rule {
        Health judge(Fields object, Instant now);
    }

    static Optional<Rule> of(String group, String kind) {
        return Optional.ofNullable(RULES.get(group + '/' + kind));
    }

    private static Health deployment(Fields object) {
        Fields status = object.in("status");
        long wanted = object.in("spec").number("replicas", 1);
        Optional<Fields> progressing = status.condition("Progressing");
        if (progressing
                .filter(c -> c.text("reason").equals("ProgressDeadlineExceeded"))
                .isPresent()) {
            return new Health.Failed(
                    "its roll-out exceeded its deadline: " + progressing.get().words());
        }
        boolean rolledOut = !object.in("spec").has("progressDeadlineSeconds")
                || progressing
                        .filter(c -> c.text("status").equals("True")
                                && c.text("reason").equals("NewReplicaSetAvailable"))
                        .isPresent();
        Optional<Health> few = atLeast(wanted, status, "replicas", "updatedReplicas");
        if (few.isPresent()) {
            return few.get();
        }
        if (status.number("replicas") > wanted) {
            return of(status.number("replicas") - wanted + " old replicas remain");
        }
        if (status.number("availableReplicas") < status.number("updatedReplicas")) {
            return of(status.number("availableReplicas") + " of " + status.number("updatedReplicas")
                    + " replicas are available");
        }
        if (status.number("readyReplicas") < wanted) {
            return of(status.number("readyReplicas") + " of " + wanted + " replicas are ready");
        }
        if (!status.hasCondition("Available", "True")) {
            return of("it is not available");
        }
        return rolledOut ? new Health.Current() : of("its roll-out is not complete");
    }

    private static Health statefulSet(Fields object) {
        Fields spec = object.in("spec");
        Fields status = object.in("status");
        Fields strategy = spec.in("updateStrategy");
        if (strategy.text("type").equals("OnDelete")) {
            return new Health.Current();
        }
        long wanted = spec.number("replicas", 1);
        Optional<Health> few = atLeast(wanted, status, "replicas", "readyReplicas");
        if (few.isPresent()) {
            return few.get();
        }
        if (status.number("replicas") > wanted) {
            return of(status.number("replicas") - wanted + " replicas too many");
        }
        Fields rolling = strategy.in("rollingUpdate");
        if (rolling.has("partition")) {
            long updated = wanted - rolling.number("partition");
            return atLeast(updated, status, "updatedReplicas").orElseGet(Health.Current::new);
        }
        Optional<Health> old = atLeast(wanted, status, "currentReplicas");
        if (old.isPresent()) {
            return old.get();
        }
        return status.text("currentRevision").equals(status.text("updateRevision"))
                ? new Health.Current()
                : of("its roll-out is not complete");
    }

    private static Health daemonSet(Fields object) {
        Fields status = object.in("status");
        if (!object.in("metadata").has("generation")
                || !status.has("observedGeneration")
                || !status.has("desiredNumberScheduled")) {
            return of("its controller has not seen it");
        }
        return atLeast(
                        status.number("desiredNumberScheduled"),
                        status,
                        "currentNumberScheduled",
                        "updatedNumberScheduled",
                        "numberAvailable",
                        "numberReady")
                .orElseGet(Health.Current::new);
    }

    private static Health replicaSet(Fields object) {
        Fields status = object.in("status");
        long wanted = object.in("spec").number("replicas", 1);
        Optional<Fields> failure =
                status.condition("ReplicaFailure").filter(c -> c.text("status").equals("True"));
        if (failure.isPresent()) {
            return of(failure.get().words());
        }
        Optional<Health> few = atLeast(wanted, status, "fullyLabeledReplicas", "availableReplicas", "readyReplicas");
        if (few.isPresent()) {
            return few.get();
        }
        return status.number("replicas") > wanted
                ? of(status.number("replicas") - wanted + " replicas too many")
                : new Health.Current();
    }

    private static Health pod(Fields object, Instant now) {
        Fields status = object.in("status");
        return switch (status.text("phase")) {
            case "Succeeded", "Failed" -> new Health.Current();
            case "Running" -> {
                if (status.hasCondition("Ready", "True")) {
                    yield new Health.Current();
                }
                yield status.list("containerStatuses").stream()
                        .filter(container -> container
                                .in("state")
                                .in("waiting")
                                .text("reason")
                                .equals("CrashLoopBackOff"))
                        .findFirst()
                        .<Health>map(container -> new Health.Failed(
                                "its container " + container.text("name") + " crashes again and again"))
                        .orElseGet(() -> of("it runs and is not ready"));
            }
            case "Pending" -> {
                yield status.condition("PodScheduled")
                        .filter(c -> isUnschedulable(c, now))
                        .<Health>map(c -> new Health.Failed("it cannot be scheduled: " + c.words()))
                        .orElseGet(() -> of("it is pending"));
            }
            default -> of("its node has not said anything of it");
        };
    }

    private static boolean isUnschedulable(Fields scheduled, Instant now) {
        Instant since = scheduled.time("lastTransitionTime");
        return scheduled.text("status").equals("False")
                && scheduled.text("reason").equals("Unschedulable")
                && since != null
                && now.isAfter(since.plus(SCHEDULING));
    }

    private static Health claim(Fields object) {
        return object.in("status").text("phase").equals("Bound") ? new Health.Current() : of("it is not bound");
    }

    private static Health service(Fields object) {
        Fields spec = object.in("spec");
        return spec.text("type").equals("LoadBalancer")
                        && spec.text("clusterIP").isEmpty()
                ? of("it has no address")
                : new Health.Current();
    }

    private static Health job(Fields object) {
        Fields status = object.in("status");
        Optional<Fields> failed =
                status.condition("Failed").filter(c -> c.text("status").equals("True"));
        if (failed.isPresent()) {
            return new Health.Failed(failed.get().words());
        }
        return status.hasCondition("Complete", "True") || object.in("spec").isTrue("suspend")
                ? new Health.Current()
                : of("it is not complete");
    }

    private static Health definition(Fields object) {
        Fields status = object.in("status");
        Optional<Fields> names =
                status.condition("NamesAccepted").filter(c -> c.text("status").equals("False"));
        if (names.isPresent()) {
            return new Health.Failed(names.get().words());
        }
        Optional<Fields> established = status.condition("Established");
        if (established.filter(c -> c.text("status").equals("True")).isPresent()) {
            return new Health.Current();
        }
        return established
                .filter(c ->
                        c.text("status").equals("False") && !c.text("reason").equals("Installing"))
                .<Health>map(c -> new Health.Failed(c.words()))
                .orElseGet(() -> of("it is not established"));
    }

    private static Optional<Health> atLeast(long wanted, Fields status, String... members) {
        for (String member : members) {
            if (status.number(member) < wanted) {
                return Optional.of(of(member + " is " + status.number(member) + " of " + wanted));
            }
        }
        return Optional.empty();
    }

    private static Health of(String words) {
        return new Health.InProgress(words);
    }
}
