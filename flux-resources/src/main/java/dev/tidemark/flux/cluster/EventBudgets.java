package dev.tidemark.flux.cluster;

import dev.tidemark.flux.ResourceId;
import java.time.Duration;
import java.time.Instant;

/** How many events an object may still have, as client-go has it: so many at once, then one now and then. */
final class EventBudgets {

    static final int BURST = 25;
    static final Duration REFILL = Duration.ofMinutes(5);

    private final Recent<ResourceId, Budget> budgets = new Recent<>();

    private record Budget(double left, Instant at) {

        Budget at(Instant now) {
            double refilled = (double) Duration.between(at, now).toMillis() / REFILL.toMillis();
            return new Budget(Math.min(BURST, left + refilled), now);
        }
    }

    boolean take(ResourceId object, Instant now) {
        Budget budget = budgets.getOrDefault(object, new Budget(BURST, now)).at(now);
        boolean any = budget.left() >= 1;
        budgets.put(object, any ? new Budget(budget.left() - 1, now) : budget);
        return any;
    }
}
