/** Cron schedules, windows of time and Go durations. */
@NullMarked
package dev.tidemark.policies.schedule;

import org.jspecify.annotations.NullMarked;
