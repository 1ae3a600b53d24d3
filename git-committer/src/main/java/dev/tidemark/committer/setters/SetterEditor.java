package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.Finding;
import dev.tidemark.committer.domain.ObjectKey;
import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.committer.domain.UpdateException;
import dev.tidemark.go.yaml.YamlException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets the marked scalars of one file to the values of a run and leaves every other byte as it is. */
final class SetterEditor {

    private static final String PATH_ANNOTATION = "config.kubernetes.io/path";
    private static final String INDEX_ANNOTATION = "config.kubernetes.io/index";

    private final SetterValues values;

    SetterEditor(SetterValues values) {
        this.values = values;
    }

    /**
     * What became of a file.
     *
     * @param text the new text, the old one if nothing changed
     * @param summary of the old text; null if it depends on more than the text
     */
    record Edited(
            String text,
            List<SetterChange> changes,
            MarkerSummary.Found found,
            @Nullable MarkerSummary summary) {}

    /**
     * Edits a text.
     *
     * @param path from the root of the repository
     * @param file as templates see it, relative to {@code update.path}
     * @throws UpdateException for a file that fails the run (reader's annotations that do not fit)
     */
    Edited edit(String path, String file, String text) {
        if (!text.contains(Marker.TOKEN)) {
            return unchanged(path, text, new MarkerSummary(List.of(), null));
        }
        try {
            return edit(path, file, text, YamlScanner.scan(text));
        } catch (YamlException broken) {
            String why = String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
            MarkerSummary summary = new MarkerSummary(List.of(), why);
            return new Edited(
                    text, List.of(), new MarkerSummary.Found(List.of(new Finding.SkippedFile(path, why)), 0), summary);
        }
    }

    private Edited unchanged(String path, String text, MarkerSummary summary) {
        return new Edited(text, List.of(), summary.found(path, values), summary);
    }

    private Edited edit(String path, String file, String text, List<ScannedDocument> documents) {
        List<MarkerSummary.Marked> marked = new ArrayList<>();
        List<Edit> edits = new ArrayList<>();
        Map<Integer, String> editedValues = new HashMap<>();
        boolean annotated = false;
        for (int index = 0; index < documents.size(); index++) {
            ScannedDocument document = documents.get(index);
            annotated |= checkReaderAnnotations(document, file, index);
            for (ScannedScalar scalar : document.commented) {
                Optional<String> marker = Optional.ofNullable(scalar.comment()).flatMap(Marker::valueOf);
                if (marker.isEmpty()) {
                    continue;
                }
                marked.add(new MarkerSummary.Marked(marker.get(), scalar.value(), scalar.line()));
                SetterValues.Value value = values.of(marker.get());
                if (value != null && !scalar.value().equals(value.text())) {
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
        MarkerSummary summary = new MarkerSummary(List.copyOf(marked), null);
        return new Edited(apply(text, edits), changes, summary.found(path, values), annotated ? null : summary);
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

    /**
     * Upstream's writer refuses files that carry other places in these annotations than it found them at.
     *
     * @return whether there are such annotations at all
     */
    private static boolean checkReaderAnnotations(ScannedDocument document, String file, int index) {
        String path = document.annotations.getOrDefault(PATH_ANNOTATION, file);
        String position = document.annotations.getOrDefault(INDEX_ANNOTATION, Integer.toString(index));
        if (!path.equals(file) || !position.equals(Integer.toString(index))) {
            throw new UpdateException("mismatched reader annotations in " + file + ": " + PATH_ANNOTATION + " and "
                    + INDEX_ANNOTATION + " say '" + path + "', '" + position + "': remove them");
        }
        return document.annotations.containsKey(PATH_ANNOTATION) || document.annotations.containsKey(INDEX_ANNOTATION);
    }
}
