package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.CommitText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Writes changed files, the trees on their paths, and a commit, without an index or a work tree. */
final class ObjectWriter {

    /**
     * The commit header that names the selections behind a commit, {@code target@sequence} separated by blanks. A header
     * and not a trailer, because the message must be the template's output to the byte: Flux users hash it for
     * Change-Ids and match it with rules. A header and not a note, because it arrives with the commit or not at all and
     * needs no second ref. Git shows it with {@code git cat-file commit}.
     */
    static final String SELECTIONS_HEADER = "tidemark-selections";

    /** The commit header that names the automation, {@code namespace/name}: who finds the commit can record it. */
    static final String AUTOMATION_HEADER = "tidemark-automation";

    /** Git's own, for OpenPGP and SSH; its lines are continued by a blank, and it is not part of what is signed. */
    private static final String SIGNATURE_HEADER = "gpgsig";

    private final ObjectReader reader;
    private final ObjectInserter inserter;

    ObjectWriter(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    /** A tree with other contents in some of its files; modes and everything else stay. */
    ObjectId tree(ObjectId tree, Map<String, String> contents) throws IOException {
        Map<String, String> files = new TreeMap<>();
        Map<String, Map<String, String>> folders = new TreeMap<>();
        contents.forEach((path, text) -> {
            int slash = path.indexOf('/');
            if (slash < 0) {
                files.put(path, text);
            } else {
                folders.computeIfAbsent(path.substring(0, slash), f -> new TreeMap<>())
                        .put(path.substring(slash + 1), text);
            }
        });
        TreeFormatter changed = new TreeFormatter();
        CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
        for (; !entries.eof(); entries.next(1)) {
            String name = MarkerIndex.name(entries);
            FileMode mode = entries.getEntryFileMode();
            String text = files.get(name);
            Map<String, String> below = folders.get(name);
            ObjectId id = entries.getEntryObjectId();
            if (text != null && MarkerIndex.isFile(mode)) {
                id = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            } else if (below != null && mode == FileMode.TREE) {
                id = tree(id, below);
            }
            byte[] rawName = new byte[entries.getNameLength()];
            entries.getName(rawName, 0);
            changed.append(rawName, 0, rawName.length, mode, id);
        }
        return inserter.insert(changed);
    }

    /** A commit; visible to others when the inserter is flushed and it is pushed. */
    ObjectId commit(ObjectId parent, ObjectId tree, CommitText text, @Nullable CommitSigner signer) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        PersonIdent author = new PersonIdent(
                text.author().name(),
                text.author().email(),
                text.time().toInstant(),
                text.time().getZone());
        commit.setTreeId(tree);
        commit.setParentId(parent);
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(text.message());
        byte[] bytes = commit.build();
        byte[] named = withHeader(bytes, AUTOMATION_HEADER, text.automation());
        byte[] complete = withHeader(named, SELECTIONS_HEADER, text.selections());
        return inserter.insert(
                Constants.OBJ_COMMIT,
                signer == null
                        ? complete
                        : withHeader(
                                complete,
                                SIGNATURE_HEADER,
                                signer.sign(complete).replace("\n", "\n ")));
    }

    /** Git wants its own headers first; others stand right before the empty line. */
    private static byte[] withHeader(byte[] commit, String name, String value) {
        if (value.isEmpty()) {
            return commit;
        }
        int end = 0;
        while (commit[end] != '\n' || commit[end + 1] != '\n') {
            end++;
        }
        byte[] header = ("\n" + name + ' ' + value).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream(commit.length + header.length);
        all.write(commit, 0, end);
        all.writeBytes(header);
        all.write(commit, end, commit.length - end);
        return all.toByteArray();
    }
}
