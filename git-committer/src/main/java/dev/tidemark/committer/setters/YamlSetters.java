package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.FileTree;
import dev.tidemark.committer.domain.FileTree.Candidate;
import dev.tidemark.committer.domain.Finding;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.committer.domain.Setters;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.committer.domain.UpdateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sets marked scalars in YAML files of a tree. Remembers by content which markers stand at which values, so that a run
 * reads and parses only the files that it changes or has not seen. Safe for many threads.
 */
public final class YamlSetters implements Setters {

    /** About 300 bytes each; beyond it the cache begins anew. */
    private static final int MAX_CACHED = 50_000;

    private static final System.Logger LOG = System.getLogger(YamlSetters.class.getName());

    private final Map<String, MarkerSummary> summaries = new ConcurrentHashMap<>();

    @Override
    public TreeUpdate apply(FileTree tree, @Nullable String updatePath, String namespace, List<Policy> policies) {
        SetterValues values = SetterValues.of(namespace, policies);
        String wanted = updatePath == null ? "" : updatePath;
        String root = TreePaths.resolve(tree, wanted)
                .orElseThrow(() -> new UpdateException("walking path for files: '" + wanted
                        + "': no such file or directory: correct spec.update.path, or add it to the repository"));
        if (summaries.size() > MAX_CACHED) {
            summaries.clear();
        }
        boolean single = !root.isEmpty() && tree.at(root) instanceof FileTree.Node.File;
        Run run = new Run(tree, folder(root, single), values);
        for (Candidate candidate : single ? List.of(new Candidate(root, null)) : tree.candidates(root)) {
            if (TreePaths.isEdited(candidate.path())) {
                run.visit(candidate);
            }
        }
        return new TreeUpdate(run.contents, run.changes, run.findings, run.markers);
    }

    private static String folder(String root, boolean single) {
        if (single) {
            return root.substring(0, root.lastIndexOf('/') + 1);
        }
        return root.isEmpty() ? "" : root + '/';
    }

    /** Collects what becomes of the files. */
    private final class Run {

        private final FileTree tree;
        private final String folder;
        private final SetterValues values;
        private final SetterEditor editor;
        private final Map<String, String> contents = new TreeMap<>();
        private final List<SetterChange> changes = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private int markers;

        private Run(FileTree tree, String folder, SetterValues values) {
            this.tree = tree;
            this.folder = folder;
            this.values = values;
            this.editor = new SetterEditor(values);
        }

        private void visit(Candidate candidate) {
            String path = candidate.path();
            MarkerSummary known = candidate.content() == null ? null : summaries.get(candidate.content());
            MarkerSummary.Found found =
                    known == null ? null : known.unchanged(path, values).orElse(null);
            if (found == null) {
                String target = TreePaths.resolve(tree, path).orElse(null);
                if (target == null || !(tree.at(target) instanceof FileTree.Node.File)) {
                    if (candidate.content() != null) {
                        findings.add(new Finding.SkippedFile(path, 0, "its path is not UTF-8 text: rename it"));
                    }
                    return;
                }
                found = found(candidate, target);
            }
            findings.addAll(found.findings());
            markers += found.markers();
        }

        private MarkerSummary.Found found(Candidate candidate, String target) {
            FileTree.Content content = tree.read(target);
            if (candidate.content() == null && content instanceof FileTree.Content.Unreadable) {
                // what a link points to is named at its own path, if it has markers at all
                return new MarkerSummary.Found(List.of(), 0);
            }
            SetterEditor.Edited edited =
                    switch (content) {
                        case FileTree.Content.Unreadable(String why) ->
                            SetterEditor.Edited.skipped(target, new MarkerSummary.Skip(0, why));
                        case FileTree.Content.Text(String text) -> edit(candidate.path(), target, text);
                    };
            if (edited.text() != null) {
                contents.put(target, edited.text());
                changes.addAll(edited.changes());
            }
            if (candidate.content() != null && edited.summary() != null) {
                summaries.put(candidate.content(), edited.summary());
            }
            return edited.found();
        }

        /** Whatever one file does to the editor costs that file only. */
        private SetterEditor.Edited edit(String path, String target, String text) {
            try {
                return editor.edit(target, path.substring(folder.length()), text);
            } catch (UpdateException failsTheRun) {
                throw failsTheRun;
            } catch (RuntimeException | StackOverflowError fault) {
                LOG.log(System.Logger.Level.WARNING, target + ": cannot be edited", fault);
                return SetterEditor.Edited.skipped(
                        target,
                        new MarkerSummary.Skip(0, "an unexpected fault in editing it: see the log of git-committer"));
            }
        }
    }
}
