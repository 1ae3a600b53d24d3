package dev.tidemark.committer.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eclipse.jgit.util.FS.FileStoreAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolatedConfigurationTest {

    /** JGit writes and reads a file for seconds to find out, while the first repository of a process waits. */
    @Test
    void howExactFileTimesAreIsNotMeasured(@TempDir Path folder) {
        IsolatedConfiguration.install();

        FileStoreAttributes attributes = FileStoreAttributes.get(folder);

        assertThat(attributes.getFsTimestampResolution()).isEqualTo(IsolatedConfiguration.FILE_TIMES);
        assertThat(attributes.getMinimalRacyInterval()).isEqualTo(IsolatedConfiguration.FILE_TIMES);
    }
}
