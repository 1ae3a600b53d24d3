package dev.tidemark.watcher.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that shows what somebody else says. */
final class LifeClock extends Clock {

    private final InstantSource time;

    private LifeClock(InstantSource time) {
        this.time = time;
    }

    static Clock of(InstantSource time) {
        return new LifeClock(time);
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
