package dev.tidemark.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ResourceSnapshot;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says which manifests could not be read and which are ignored: new ones in the log, all of them in a file for the
 * command line. Without it a manifest that is not served would look like one that does nothing.
 */
public final class ManifestReport {

    private static final System.Logger LOG = System.getLogger(ManifestReport.class.getName());

    private final Path file;
    private Set<Problem> told = Set.of();

    /** @param file JSON: {@code {"problems": [{"severity", "where", "message", "object"}]}} */
    public ManifestReport(Path file) {
        this.file = file;
    }

    /** Tells what a snapshot complains of. */
    public synchronized void write(ResourceSnapshot snapshot) {
        List<Problem> problems = snapshot.problems();
        problems.stream().filter(problem -> !told.contains(problem)).forEach(ManifestReport::log);
        told = new HashSet<>(problems);
        try {
            replace(FluxJson.json().writeValueAsString(Map.of("problems", problems)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts are always JSON", e);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, file + " could not be written: " + e.getMessage());
        }
    }

    private static void log(Problem problem) {
        boolean wrong = problem.severity() != Severity.IGNORED;
        LOG.log(
                wrong ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                (wrong ? "manifest " : "ignored manifest ") + problem.where() + ": " + problem.message());
    }

    /** Several services may share the folder: each writes a draft of its own, readers see the old text or the new one. */
    private void replace(String text) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
