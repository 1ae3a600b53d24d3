package dev.tidemark.testkit.vectors;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests find vectors: those that the module has committed, or those of a folder that stands in for them. */
public final class VectorSource {

    /** The system property that names the folder. */
    public static final String FOLDER = "tidemark.vectors";

    private VectorSource() {}

    /**
     * The file of a family, open for reading.
     *
     * @throws IOException when there is none
     */
    public static InputStream open(String family) throws IOException {
        String folder = System.getProperty(FOLDER);
        if (folder != null) {
            return Files.newInputStream(Path.of(folder, family + ".json"));
        }
        InputStream committed = VectorSource.class.getResourceAsStream("/vectors/" + family + ".json");
        if (committed == null) {
            throw new FileNotFoundException("no vectors/" + family + ".json among the resources of the tests");
        }
        return committed;
    }
}
