package dev.tidemark.committer.git;

import dev.tidemark.runtime.progress.Progress;
import java.util.Locale;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Objects that come or go, as JGit counts them: of which it is known how many there are. For the thread of one transfer. */
final class TransferProgress extends EmptyProgressMonitor implements AutoCloseable {

    private static final int PERCENT = 100;

    private final Progress.Work work;
    private int total;
    private int done;
    private int said;

    TransferProgress(Progress.Work work) {
        this.work = work;
    }

    @Override
    public void beginTask(String title, int totalWork) {
        total = totalWork == ProgressMonitor.UNKNOWN ? 0 : totalWork;
        done = 0;
        said = 0;
    }

    @Override
    public void update(int completed) {
        done += completed;
        int percent = total == 0 ? 0 : (int) ((long) done * PERCENT / total);
        if (percent > said) {
            said = percent;
            work.at(String.format(Locale.ROOT, "%d %% of %,d objects", percent, total));
        }
    }

    @Override
    public void close() {
        work.close();
    }
}
