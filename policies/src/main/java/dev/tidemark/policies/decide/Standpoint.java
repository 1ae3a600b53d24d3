package dev.tidemark.policies.decide;

import dev.tidemark.policies.decide.Remark.Why;
import java.util.Optional;

/** How a decision treats the tag that the policy by itself would choose. */
final class Standpoint {

    private Standpoint() {}

    static Remark of(Decision decision, String best) {
        return switch (decision) {
            case Decision.Select select -> Remark.of(best, select.tag().equals(best) ? Why.SELECTED : Why.HELD);
            case Decision.Keep keep ->
                Remark.of(best, keep.published().equals(best) ? Why.SELECTED : Why.DOWNGRADE_FORBIDDEN);
            case Decision.AwaitConfirmation await -> Remark.of(best, Why.AWAITING_CONFIRMATION);
            case Decision.Held held ->
                Remark.of(best, held.published().filter(best::equals).isPresent() ? Why.SELECTED : Why.HELD);
            case Decision.Frozen frozen -> new Remark(best, Why.FROZEN, Optional.of(frozen.until()));
            case Decision.TooYoung young -> Remark.of(best, Why.SELECTED);
            case Decision.Stopped stopped -> Remark.of(best, Why.STOPPED);
            case Decision.Nothing nothing -> Remark.of(best, Why.POLICY_FAILS);
            case Decision.InvalidAnnotation invalid -> Remark.of(best, Why.STOPPED);
            case Decision.FullPassRequired required -> Remark.of(best, Why.LOWER);
        };
    }
}
