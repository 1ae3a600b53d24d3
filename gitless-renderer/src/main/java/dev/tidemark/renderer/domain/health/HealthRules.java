package dev.tidemark.renderer.domain.health;

import dev.tidemark.renderer.domain.KubeObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules for all kinds; {@link KindHealth} has those of kinds that say it in their own way. */
final class HealthRules {

    private static final String OWN_GROUP = "fluxcd.controlplane.io";
    private static final Set<String> OWN_KINDS = Set.of("FluxInstance", "ResourceSet", "ResourceSetInputProvider");

    private HealthRules() {}

    static Health of(KubeObject live, Instant now) {
        Fields object = new Fields(live.json());
        Fields metadata = object.in("metadata");
        Fields status = object.in("status");
        if (metadata.has("deletionTimestamp")) {
            return new Health.InProgress("it is being deleted");
        }
        if (live.group().equals(OWN_GROUP) && OWN_KINDS.contains(live.kind())) {
            return observedReady(status, metadata.number("generation"));
        }
        if (status.has("observedGeneration") && status.number("observedGeneration") != metadata.number("generation")) {
            return new Health.InProgress("its controller has not seen its newest form");
        }
        Optional<Fields> reconciling = status.condition("Reconciling").filter(HealthRules::isTrue);
        if (reconciling.isPresent()) {
            return new Health.InProgress(reconciling.get().words());
        }
        Optional<Fields> stalled = status.condition("Stalled").filter(HealthRules::isTrue);
        if (stalled.isPresent()) {
            return new Health.Failed(stalled.get().words());
        }
        return KindHealth.of(live.group(), live.kind())
                .map(rule -> rule.judge(object, now))
                .orElseGet(() -> ready(status));
    }

    private static boolean isTrue(Fields condition) {
        return condition.text("status").equals("True");
    }

    private static Health ready(Fields status) {
        return status.condition("Ready")
                .filter(ready -> !isTrue(ready))
                .<Health>map(ready -> new Health.InProgress(ready.words()))
                .orElseGet(Health.Current::new);
    }

    /** Their conditions say themselves which form of the object they are about. */
    private static Health observedReady(Fields status, long generation) {
        List<Fields> all = status.list("conditions").stream()
                .filter(condition -> condition.text("type").equals("Ready"))
                .toList();
        if (all.isEmpty()) {
            return new Health.InProgress("nobody has said yet whether it is ready");
        }
        return all.stream()
                .filter(ready -> !isTrue(ready) || ready.number("observedGeneration") != generation)
                .findFirst()
                .<Health>map(ready -> new Health.InProgress(ready.words()))
                .orElseGet(Health.Current::new);
    }
}
