package dev.tidemark.committer.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;

/** The settings of git-committer. */
@ConfigMapping(prefix = "tidemark.git-committer")
public interface CommitterConfig {

    /** First wait after a failed push; it doubles with every failure in a row. */
    @WithDefault("750ms")
    Duration minRetryDelay();

    /** Longest wait between two attempts. */
    @WithDefault("15m")
    Duration maxRetryDelay();

    /** How long a new owner of branches waits until it sees all selections before it tries again. */
    @WithDefault("10s")
    Duration catchUpLimit();

    /**
     * What is taken of a Git remote at once. A clone has one commit of a branch with all its files, and takes up to twice of this
     * on the disk.
     */
    @WithDefault("1G")
    MemorySize maxPack();

    /** The zone of commit times. */
    @WithDefault("UTC")
    ZoneId commitTimeZone();
}
