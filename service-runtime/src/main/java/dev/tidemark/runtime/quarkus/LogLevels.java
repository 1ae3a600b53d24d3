package dev.tidemark.runtime.quarkus;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How much packages say while the process runs: until it ends, or until somebody takes it back. For any thread. */
public final class LogLevels {

    /** Nobody looks at so many packages at once; each costs an entry. */
    static final int MOST = 100;

    private final Map<String, Changed> changed = new TreeMap<>();

    /** The levels of a log, by their names there. */
    public enum Named {
        ERROR,
        WARN,
        INFO,
        DEBUG;

        private Level level() {
            return switch (this) {
                case ERROR -> Level.SEVERE;
                case WARN -> Level.WARNING;
                case INFO -> Level.INFO;
                case DEBUG -> Level.FINE;
            };
        }

        /** By its name in any case; empty for another word. */
        public static Optional<Named> of(String text) {
            for (Named one : values()) {
                if (one.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }
    }

    /** Keeps the logger: one that nobody holds forgets its level. */
    private record Changed(Logger logger, @Nullable Level before, Named now) {}

    /**
     * Changes a package, with all below it.
     *
     * @return whether there was room for one more
     */
    public synchronized boolean set(String name, Named level) {
        Changed before = changed.get(name);
        if (before == null && changed.size() >= MOST) {
            return false;
        }
        Logger logger = before == null ? Logger.getLogger(name) : before.logger();
        changed.put(name, new Changed(logger, before == null ? logger.getLevel() : before.before(), level));
        logger.setLevel(level.level());
        return true;
    }

    /** As it was at the start. */
    public synchronized void reset(String name) {
        Changed before = changed.remove(name);
        if (before != null) {
            before.logger().setLevel(before.before());
        }
    }

    /** What was changed, by package. */
    public synchronized Map<String, Named> all() {
        Map<String, Named> all = new TreeMap<>();
        changed.forEach((name, one) -> all.put(name, one.now()));
        return all;
    }
}
