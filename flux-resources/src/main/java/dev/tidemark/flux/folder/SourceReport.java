package dev.tidemark.flux.folder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.source.Problem;
import dev.tidemark.flux.source.Problem.Severity;
import dev.tidemark.flux.view.SourceState;
import dev.tidemark.flux.view.SourceState.Confirmation;
import dev.tidemark.flux.view.SourceState.Kept;
import dev.tidemark.flux.view.Tree;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says which manifests could not be read and which are ignored, what stays in force without one, and which deletions wait
 * for somebody to confirm them: what is new in the log, all of it in a file for the command line.
 */
final class SourceReport {

    private static final System.Logger LOG = System.getLogger(SourceReport.class.getName());

    private final @Nullable Path file;
    private Set<Problem> reportedProblems = Set.of();
    private Set<ResourceId> reportedKept = Set.of();
    private String written = "";

    /**
     * @param file JSON: {@code {"problems": [{"severity", "where", "message", "object"}], "kept": [{"object", "where",
     *     "reason", "message", "since"}], "confirmation": {"code", "objects", "unaccounted"}}}; null for none
     */
    SourceReport(@Nullable Path file) {
        this.file = file;
    }

    void write(List<Problem> problems, ObjectsInForce objects) {
        problems.stream().filter(problem -> !reportedProblems.contains(problem)).forEach(SourceReport::log);
        reportedProblems = new HashSet<>(problems);
        Set<ResourceId> kept = new TreeSet<>();
        for (KeptObject one : objects.kept()) {
            kept.add(one.id());
            if (!reportedKept.contains(one.id())) {
                LOG.log(
                        Level.WARNING,
                        one.id() + " is not declared any more and stays in force: "
                                + one.reason().text());
            }
        }
        reportedKept = kept;
        if (file == null) {
            return;
        }
        String text = text(problems, objects);
        if (text.equals(written)) {
            return;
        }
        try {
            ReplacedFile.write(file, text);
            written = text;
        } catch (IOException e) {
            LOG.log(Level.WARNING, file + " could not be written: " + e.getMessage());
        }
    }

    /**
     * What is written in such a file; nothing where there is none yet.
     *
     * @throws IOException where it cannot be read
     */
    static SourceState read(Path file) throws IOException {
        try {
            Tree report = Tree.parse(Files.readString(file));
            return new SourceState(
                    report.trees("problems").stream().map(SourceReport::problem).toList(),
                    report.trees("kept").stream().map(SourceReport::kept).toList(),
                    confirmation(report));
        } catch (NoSuchFileException nothingRanYet) {
            return SourceState.NONE;
        } catch (IllegalArgumentException | DateTimeParseException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    private static Problem problem(Tree problem) {
        return new Problem(
                Severity.valueOf(problem.text("severity")),
                problem.text("where"),
                problem.text("message"),
                problem.find("object") == null
                        ? null
                        : new ResourceId(
                                problem.text("object", "kind"),
                                problem.text("object", "namespace"),
                                problem.text("object", "name")));
    }

    private static Kept kept(Tree one) {
        return new Kept(
                ResourceId.parse(one.text("object")),
                one.text("where"),
                one.text("reason"),
                one.text("message"),
                Instant.parse(one.text("since")));
    }

    private static Optional<Confirmation> confirmation(Tree report) {
        return report.find("confirmation") == null
                ? Optional.empty()
                : Optional.of(new Confirmation(
                        report.text("confirmation", "code"),
                        ids(report.list("confirmation", "objects")),
                        ids(report.list("confirmation", "unaccounted"))));
    }

    private static List<ResourceId> ids(List<String> texts) {
        return texts.stream().map(ResourceId::parse).toList();
    }

    private static String text(List<Problem> problems, ObjectsInForce objects) {
        ObjectNode report = FluxJson.json().createObjectNode();
        report.set("problems", FluxJson.json().valueToTree(problems));
        ArrayNode kept = report.putArray("kept");
        ArrayNode waiting = FluxJson.json().createArrayNode();
        for (KeptObject one : objects.kept()) {
            kept.addObject()
                    .put("object", one.id().toString())
                    .put("where", one.where())
                    .put("reason", one.reason().name())
                    .put("message", one.reason().text())
                    .put("since", one.since().toString());
            if (one.reason() == KeptObject.Reason.CONFIRMATION) {
                waiting.add(one.id().toString());
            }
        }
        objects.confirmation().ifPresent(code -> {
            ObjectNode confirmation = report.putObject("confirmation");
            confirmation.put("code", code);
            confirmation.set("objects", waiting);
            ArrayNode unaccounted = confirmation.putArray("unaccounted");
            new TreeSet<>(objects.unaccounted()).forEach(id -> unaccounted.add(id.toString()));
        });
        return report.toString();
    }

    private static void log(Problem problem) {
        boolean wrong = problem.severity() != Severity.IGNORED;
        LOG.log(
                wrong ? Level.WARNING : Level.INFO,
                (wrong ? "manifest " : "ignored manifest ") + problem.where() + ": " + problem.message());
    }
}
