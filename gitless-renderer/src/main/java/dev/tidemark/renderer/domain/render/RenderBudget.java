package dev.tidemark.renderer.domain.render;

import dev.tidemark.gotemplates.limits.Allowance;

/** What one ResourceSet has left of what it may render. For one thread. */
final class RenderBudget implements AutoCloseable {

    /** Sets that use less than a part of what they may do so side by side; of the others there is one at a time. */
    private static final int LARGE_FROM_A_PART = 8;

    /** After so many executions others go first. */
    private static final int A_TURN = 64;

    private final RenderLimits limits;
    private final RenderSlots.Slot slot;
    private final Allowance steps;
    private int objects;
    private int executions;
    private long text;

    RenderBudget(RenderLimits limits, RenderSlots.Slot slot) {
        this.limits = limits;
        this.slot = slot;
        this.steps = new Allowance(limits.steps());
    }

    Allowance steps() {
        return steps;
    }

    /** @throws BuildRefusal when there is no room */
    void text(int characters) {
        text += characters;
        if (text > limits.text()) {
            throw new BuildRefusal("it renders more than " + limits.text() + " characters, which is as much as there is"
                    + " memory for: split it into several ResourceSets, or give the process more memory");
        }
        if (text > limits.text() / LARGE_FROM_A_PART) {
            slot.large();
        }
        if (++executions % A_TURN == 0) {
            slot.others();
        }
    }

    /** @throws BuildRefusal when there is no room */
    void object() {
        if (++objects > limits.objects()) {
            throw new BuildRefusal("it renders more than " + limits.objects() + " objects, which is as many as there is"
                    + " memory for: split it into several ResourceSets, or give the process more memory");
        }
    }

    @Override
    public void close() {
        slot.close();
    }
}
