package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.DamagedCloneException;
import dev.tidemark.committer.domain.FileTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The files of one tree in the object database. */
final class GitTree implements FileTree {

    /** No manifest is larger; the text and its edit are on the heap. */
    static final int MAX_BLOB_BYTES = 16 * 1024 * 1024;

    private final Repository repository;
    private final ObjectId root;
    private final MarkerIndex index;

    GitTree(Repository repository, ObjectId root, MarkerIndex index) {
        this.repository = repository;
        this.root = root;
        this.index = index;
    }

    @Override
    public @Nullable Node at(String path) {
        if (path.isEmpty()) {
            return new Node.Folder();
        }
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk entry = TreeWalk.forPath(reader, path, root)) {
            if (entry == null) {
                return null;
            }
            FileMode mode = entry.getFileMode(0);
            if (mode == FileMode.TREE) {
                return new Node.Folder();
            }
            if (mode == FileMode.SYMLINK) {
                return new Node.Link(new String(bytes(reader, entry.getObjectId(0)), StandardCharsets.UTF_8));
            }
            return MarkerIndex.isFile(mode) ? new Node.File() : null;
        } catch (IOException e) {
            throw new DamagedCloneException("the clone's tree " + root.name() + " cannot be read", e);
        }
    }

    @Override
    public List<Candidate> candidates(String folder) {
        try (ObjectReader reader = repository.newObjectReader()) {
            if (folder.isEmpty()) {
                return index.candidates(reader, root);
            }
            try (TreeWalk entry = TreeWalk.forPath(reader, folder, root)) {
                return entry == null
                        ? List.of()
                        : index.candidates(reader, entry.getObjectId(0)).stream()
                                .map(below -> new Candidate(folder + '/' + below.path(), below.content()))
                                .toList();
            }
        } catch (IOException e) {
            throw new DamagedCloneException("the clone's tree " + root.name() + " cannot be read", e);
        }
    }

    @Override
    public Content read(String path) {
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk entry = TreeWalk.forPath(reader, path, root)) {
            if (entry == null) {
                return new Content.Unreadable("it is not there");
            }
            if (reader.getObjectSize(entry.getObjectId(0), Constants.OBJ_BLOB) > MAX_BLOB_BYTES) {
                return new Content.Unreadable("it is larger than " + MAX_BLOB_BYTES / (1024 * 1024) + " MiB");
            }
            return new Content.Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(reader, entry.getObjectId(0))))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return new Content.Unreadable("it is not UTF-8 text");
        } catch (IOException e) {
            throw new DamagedCloneException("the clone's tree " + root.name() + " cannot be read", e);
        }
    }

    private static byte[] bytes(ObjectReader reader, ObjectId id) throws IOException {
        return reader.open(id, Constants.OBJ_BLOB).getCachedBytes(MAX_BLOB_BYTES);
    }
}
