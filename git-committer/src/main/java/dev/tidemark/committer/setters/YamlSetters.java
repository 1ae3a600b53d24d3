package dev.tidemark.committer.setters;

import dev.tidemark.committer.domain.FileTree;
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
import org.jspecify.annotations.Nullable;

/** Sets marked scalars in YAML files of a tree. */
public final class YamlSetters implements Setters {

    @Override
    public TreeUpdate apply(FileTree tree, @Nullable String updatePath, String namespace, List<Policy> policies) {
        SetterValues values = SetterValues.of(namespace, policies);
        String wanted = updatePath == null ? "" : updatePath;
        String root = TreePaths.resolve(tree, wanted)
                .orElseThrow(() -> new UpdateException("walking path for files: '" + wanted
                        + "': no such file or directory: correct spec.update.path, or add it to the repository"));
        SetterEditor editor = new SetterEditor(values);
        Map<String, String> contents = new TreeMap<>();
        List<SetterChange> changes = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        int markers = 0;
        boolean single = !root.isEmpty() && tree.at(root) instanceof FileTree.Node.File;
        String folder = single ? root.substring(0, root.lastIndexOf('/') + 1) : root.isEmpty() ? "" : root + '/';
        for (String path : single ? List.of(root) : tree.candidates(root)) {
            String target =
                    TreePaths.isEdited(path) ? TreePaths.resolve(tree, path).orElse(null) : null;
            if (target == null || !(tree.at(target) instanceof FileTree.Node.File)) {
                continue;
            }
            String text = tree.read(target);
            if (text == null) {
                continue;
            }
            SetterEditor.Edited edited = editor.edit(target, path.substring(folder.length()), text);
            if (!edited.changes().isEmpty()) {
                contents.put(target, edited.text());
            }
            changes.addAll(edited.changes());
            findings.addAll(edited.findings());
            markers += edited.markers();
        }
        return new TreeUpdate(contents, changes, findings, markers);
    }
}
