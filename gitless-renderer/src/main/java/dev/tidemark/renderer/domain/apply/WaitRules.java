package dev.tidemark.renderer.domain.apply;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.go.time.GoDuration;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What of a ResourceSet is waited for, and how long (flux-gitless 2.9).
 *
 * @param atEnd whether also for what is applied last
 * @param ofSteps the timeouts of steps that have their own
 */
public record WaitRules(boolean atEnd, Duration timeout, Map<String, Duration> ofSteps) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);
    private static final String TIMEOUT = "fluxcd.controlplane.io/reconcileTimeout";

    /** Nothing is waited for. */
    public static final WaitRules NONE = new WaitRules(false, DEFAULT_TIMEOUT, Map.of());

    public WaitRules {
        ofSteps = Map.copyOf(ofSteps);
    }

    public static WaitRules of(Resource<ResourceSetSpec> resourceSet) {
        Map<String, Duration> ofSteps = new HashMap<>();
        if (resourceSet.spec().steps() != null) {
            for (ResourceSetSpec.Step step : resourceSet.spec().steps()) {
                if (step.timeout() != null) {
                    ofSteps.put(step.name(), step.timeout());
                }
            }
        }
        Duration timeout = GoDuration.read(resourceSet.annotation(TIMEOUT))
                .filter(Duration::isPositive)
                .orElse(DEFAULT_TIMEOUT);
        return new WaitRules(resourceSet.spec().waits(), timeout, ofSteps);
    }

    Duration timeout(String step) {
        return ofSteps.getOrDefault(step, timeout);
    }
}
