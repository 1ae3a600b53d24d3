package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.committer.domain.UpdateException;
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
     * @param text the new text; null if nothing changed
     * @param summary of the old text; null if it depends on more than the text
     */
    record Edited(
            @Nullable String text,
            List<SetterChange> changes,
            MarkerSummary.Found found,
            @Nullable MarkerSummary summary) {

        /** A file that is left as it is. */
        static Edited skipped(String path, MarkerSummary.Skip skip) {
            return new Edited(null, List.of(), skip.found(path), new MarkerSummary(List.of(), skip));
        }
    }

    /**
     * Edits a text.
     *
     * @param path from the root of the repository
     * @param file as templates see it, relative to {@code update.path}
     * @throws UpdateException for a file that fails the run (reader's annotations that do not fit)
     */
    Edited edit(String path, String file, String text) {
        if (!text.contains(Marker.TOKEN)) {
            MarkerSummary none = new MarkerSummary(List.of(), null);
            return new Edited(null, List.of(), none.found(path, values), none);
        }
        try {
            return edit(path, file, text, YamlScanner.scan(text));
        } catch (UneditableException uneditable) {
            return Edited.skipped(path, uneditable.skip());
        }
    }

    private Edited edit(String path, String file, String text, ScannedFile scanned) throws UneditableException {
        Run run = new Run(path, file, text);
        boolean annotated = false;
        List<ScannedDocument> documents = scanned.documents();
        for (int index = 0; index < documents.size(); index++) {
            ScannedDocument document = documents.get(index);
            boolean list = scanned.alone() && document.isList();
            if (list && document.noObject() > 0) {
                throw new UneditableException(
                        document.noObject(), "an item of the List is no object with apiVersion, kind or metadata");
            }
            annotated |= !list && checkReaderAnnotations(document, file, index);
            for (ScannedScalar scalar : document.commented) {
                if (!list || scalar.item() >= 0) {
                    run.visit(document, scalar, list ? scalar.item() : -1);
                }
            }
        }
        return run.finish(annotated);
    }

    /** What becomes of one file. Each change is reported as its object is named at that moment, as upstream does. */
    private final class Run {

        private final String path;
        private final String file;
        private final String text;
        private final List<MarkerSummary.Marked> marked = new ArrayList<>();
        private final List<EditProof.Edit> edits = new ArrayList<>();
        private final List<SetterChange> changes = new ArrayList<>();
        private final Map<Integer, String> edited = new HashMap<>();

        private Run(String path, String file, String text) {
            this.path = path;
            this.file = file;
            this.text = text;
        }

        private void visit(ScannedDocument document, ScannedScalar scalar, int item) {
            Optional<String> marker = Optional.ofNullable(scalar.comment()).flatMap(Marker::valueOf);
            if (marker.isEmpty()) {
                return;
            }
            marked.add(new MarkerSummary.Marked(marker.get(), scalar.value(), scalar.line()));
            SetterValues.Value value = values.of(marker.get());
            if (value == null || scalar.value().equals(value.text())) {
                return;
            }
            edits.add(ScalarWriter.replace(text, scalar, value.text()));
            edited.put(scalar.start(), value.text());
            changes.add(new SetterChange(
                    file,
                    path,
                    document.object(item, edited),
                    scalar.value(),
                    value.text(),
                    marker.get(),
                    value.policy()));
        }

        private Edited finish(boolean annotated) throws UneditableException {
            MarkerSummary summary = new MarkerSummary(List.copyOf(marked), null);
            return new Edited(
                    edits.isEmpty() ? null : proved(),
                    changes,
                    summary.found(path, values),
                    annotated ? null : summary);
        }

        private String proved() throws UneditableException {
            StringBuilder result = new StringBuilder(text.length());
            int at = 0;
            for (EditProof.Edit edit : edits) {
                if (edit.start() < at) {
                    throw new UneditableException(0, "two of its marked values overlap");
                }
                result.append(text, at, edit.start()).append(edit.text());
                at = edit.end();
            }
            String after = result.append(text, at, text.length()).toString();
            EditProof.check(text, after, edits);
            return after;
        }
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
