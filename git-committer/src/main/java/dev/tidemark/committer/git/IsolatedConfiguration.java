package dev.tidemark.committer.git;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit away from the machine's and the user's Git configuration: what a commit looks like must not depend on where
 * a replica runs, and JGit would write its own measurements there.
 */
public final class IsolatedConfiguration extends SystemReader.Delegate {

    /**
     * How exact a file's time of change is taken to be: what JGit takes where it cannot write, and no file system that
     * Git is used on is coarser. Otherwise it would measure that for seconds, at the first repository of each process,
     * which waits for it: with no user's configuration there is nowhere to keep what was measured. Files are the
     * clone's own, and those that changed so recently are looked at once more.
     */
    static final Duration FILE_TIMES = Duration.ofSeconds(2);

    private static final String FILE_SYSTEM = "filesystem";

    private IsolatedConfiguration(SystemReader real) {
        super(real);
    }

    /** For the whole process; calling it again changes nothing. */
    public static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedConfiguration)) {
            SystemReader.setInstance(new IsolatedConfiguration(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Empty();
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Empty();
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Empty();
    }

    @Override
    public StoredConfig getUserConfig() {
        return new Empty();
    }

    @Override
    public StoredConfig getSystemConfig() {
        return new Empty();
    }

    @Override
    public StoredConfig getJGitConfig() {
        return new Empty();
    }

    /** A configuration without a file. */
    private static final class Empty extends FileBasedConfig {

        @SuppressWarnings("NullAway") // JGit allows no base and, as nothing is loaded or saved, no file.
        private Empty() {
            super(null, null, FS.DETECTED);
        }

        @Override
        public void load() {
            // nothing to load
        }

        @Override
        public void save() {
            // nothing to keep
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long defaultValue, TimeUnit wanted) {
            return section.equals(FILE_SYSTEM) ? wanted.convert(FILE_TIMES) : defaultValue;
        }
    }
}
