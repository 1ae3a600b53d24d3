package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.Finding;
import dev.tidemark.committer.domain.ObjectKey;
import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.committer.domain.UpdateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Sets the marked scalars of one file to the values of a run and leaves every other byte as it is. */
public final class SetterEditor {

    private static final String PATH_ANNOTATION = "config.kubernetes.io/path";
    private static final String INDEX_ANNOTATION = "config.kubernetes.io/index";

    private final SetterValues values;

    public SetterEditor(SetterValues values) {
        this.values = values;
    }

    /**
     * What became of a file.
     *
     * @param text the new text, the old one if nothing changed
     * @param markers how many markers named a policy of the run
     */
    public record Edited(String text, List<SetterChange> changes, List<Finding> findings, int markers) {}

    /** Whether a file with this content is worth a look at all: only then it is parsed (flux-git-based 17.1). */
    public static boolean mayHaveMarkers(String text) {
        return text.contains(Marker.TOKEN);
    }

    /**
     * Edits a text.
     *
     * @param path from the root of the repository
     * @param file as templates see it, relative to {@code update.path}
     * @throws UpdateException for a file that fails the run (reader's annotations that do not fit)
     */
    public Edited edit(String path, String file, String text) {
        if (!mayHaveMarkers(text)) {
            return new Edited(text, List.of(), List.of(), 0);
        }
        try {
            return edit(path, file, text, YamlScanner.scan(text));
        } catch (YamlEngineException broken) {
            String why = String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
            return new Edited(text, List.of(), List.of(new Finding.SkippedFile(path, why)), 0);
        }
    }

    private Edited edit(String path, String file, String text, List<ScannedDocument> documents) {
        List<Finding> findings = new ArrayList<>();
        List<Edit> edits = new ArrayList<>();
        Map<Integer, String> editedValues = new HashMap<>();
        int markers = 0;
        for (int index = 0; index < documents.size(); index++) {
            ScannedDocument document = documents.get(index);
            checkReaderAnnotations(document, file, index);
            for (ScannedScalar scalar : document.commented) {
                Optional<String> marker = Optional.ofNullable(scalar.comment()).flatMap(Marker::valueOf);
                if (marker.isEmpty()) {
                    continue;
                }
                SetterValues.Value value = values.of(marker.get());
                if (value == null) {
                    findings.add(new Finding.IgnoredMarker(
                            path, scalar.line(), marker.get(), values.whyIgnored(marker.get())));
                    continue;
                }
                markers++;
                if (!scalar.value().equals(value.text())) {
                    edits.add(new Edit(document, scalar, marker.get(), value));
                    editedValues.put(scalar.start(), value.text());
                }
            }
        }
        List<SetterChange> changes = new ArrayList<>();
        for (Edit edit : edits) {
            ObjectKey object = edit.document.object(edit.scalar.item(), documents.size() == 1, editedValues);
            changes.add(new SetterChange(
                    file, path, object, edit.scalar.value(), edit.value.text(), edit.marker, edit.value.policy()));
        }
        return new Edited(apply(text, edits), changes, findings, markers);
    }

    private record Edit(ScannedDocument document, ScannedScalar scalar, String marker, SetterValues.Value value) {}

    private static String apply(String text, List<Edit> edits) {
        StringBuilder result = new StringBuilder(text.length());
        int at = 0;
        for (Edit edit : edits) {
            ScalarWriter.Replacement replacement = ScalarWriter.replace(text, edit.scalar, edit.value.text());
            result.append(text, at, replacement.start()).append(replacement.text());
            at = replacement.end();
        }
        return result.append(text, at, text.length()).toString();
    }

    /** Upstream's writer refuses files that carry other places in these annotations than it found them at. */
    private static void checkReaderAnnotations(ScannedDocument document, String file, int index) {
        String path = document.annotations.getOrDefault(PATH_ANNOTATION, file);
        String position = document.annotations.getOrDefault(INDEX_ANNOTATION, Integer.toString(index));
        if (!path.equals(file) || !position.equals(Integer.toString(index))) {
            throw new UpdateException("mismatched reader annotations in " + file + ": " + PATH_ANNOTATION + " and "
                    + INDEX_ANNOTATION + " say '" + path + "', '" + position + "': remove them");
        }
    }
}
