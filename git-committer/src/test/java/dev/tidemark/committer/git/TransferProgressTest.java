package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.progress.Progress;
import dev.tidemark.runtime.simulation.World;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.junit.jupiter.api.Test;

class TransferProgressTest {

    private final Progress progress = Progress.untold(new World(1).replica("one"));

    @Test
    void saysHowFarItIsOfWhatIsCounted() {
        try (TransferProgress transfer = new TransferProgress(progress.begin("cloning https://git.example/fleet"))) {
            transfer.beginTask("Receiving objects", 120_000);
            transfer.update(51_700);

            assertThat(progress.underWay())
                    .containsExactly("cloning https://git.example/fleet: 43 % of 120,000 objects");
        }
        assertThat(progress.underWay()).isEmpty();
    }

    @Test
    void saysNothingOfWhatNobodyHasCounted() {
        try (TransferProgress transfer = new TransferProgress(progress.begin("cloning"))) {
            transfer.beginTask("Counting objects", ProgressMonitor.UNKNOWN);
            transfer.update(7);

            assertThat(progress.underWay()).containsExactly("cloning");
        }
    }
}
