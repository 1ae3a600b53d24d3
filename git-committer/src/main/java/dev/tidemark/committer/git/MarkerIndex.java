package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.FileTree.Candidate;
import dev.tidemark.committer.domain.UpdateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Caches by object id which blobs have markers and which files of a tree are worth reading. Ids name contents, so what
 * is cached never goes stale: a run reads the trees and blobs that changed since the last one and no others.
 */
final class MarkerIndex {

    /** About 100 bytes each; beyond it the index starts anew rather than grow for ever. */
    private static final int MAX_CACHED = 200_000;

    /** Trees may share their subtrees: a few hundred bytes of them stand for more files than any heap has room for. */
    static final int MAX_FILES = 100_000;

    private static final int PIECE = 1024 * 1024;
    private static final String TOKEN = "\"$imagepolicy\"";

    /** Byte order marks, as Latin-1. */
    private static final String UTF_16_LE = "\u00ff\u00fe";

    private static final String UTF_16_BE = "\u00fe\u00ff";

    private final Map<ObjectId, Boolean> blobs = new HashMap<>();
    private final Map<ObjectId, List<Candidate>> trees = new HashMap<>();

    /** Paths, relative to the tree, of files with markers and of links, in order. */
    List<Candidate> candidates(ObjectReader reader, ObjectId tree) throws IOException {
        List<Candidate> known = trees.get(tree);
        if (known != null) {
            return known;
        }
        List<Candidate> found = new ArrayList<>();
        CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
        for (; !entries.eof(); entries.next(1)) {
            FileMode mode = entries.getEntryFileMode();
            String name = name(entries);
            ObjectId id = entries.getEntryObjectId();
            if (mode == FileMode.TREE) {
                candidates(reader, id)
                        .forEach(below -> found.add(new Candidate(name + '/' + below.path(), below.content())));
            } else if (isYaml(name) && (mode == FileMode.SYMLINK || (isFile(mode) && hasMarkers(reader, id)))) {
                found.add(new Candidate(name, mode == FileMode.SYMLINK ? null : id.name()));
            }
            if (found.size() > MAX_FILES) {
                throw new UpdateException(
                        "more than " + MAX_FILES + " files with markers: name a folder in spec.update.path");
            }
        }
        if (trees.size() + blobs.size() > MAX_CACHED) {
            trees.clear();
            blobs.clear();
        }
        trees.put(tree, List.copyOf(found));
        return found;
    }

    /**
     * The name of an entry. Git's names are bytes: those that are no UTF-8 must not be taken for another entry's, as JGit would,
     * which reads them as Latin-1.
     */
    static String name(CanonicalTreeParser entries) {
        byte[] name = new byte[entries.getNameLength()];
        entries.getName(name, 0);
        return new String(name, StandardCharsets.UTF_8);
    }

    static boolean isFile(FileMode mode) {
        return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
    }

    private static boolean isYaml(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.equals("Kustomization");
    }

    private boolean hasMarkers(ObjectReader reader, ObjectId id) throws IOException {
        Boolean known = blobs.get(id);
        if (known != null) {
            return known;
        }
        ObjectLoader blob = reader.open(id, Constants.OBJ_BLOB);
        boolean marked = blob.getSize() <= GitTree.MAX_BLOB_BYTES
                ? hasToken(new String(blob.getCachedBytes(GitTree.MAX_BLOB_BYTES), StandardCharsets.ISO_8859_1))
                : hasToken(blob);
        blobs.put(id, marked);
        return marked;
    }

    /** Text of two bytes a character is not edited; where it has markers it is named, and not passed over in silence. */
    private static boolean hasToken(String bytes) {
        return bytes.contains(TOKEN)
                || ((bytes.startsWith(UTF_16_LE) || bytes.startsWith(UTF_16_BE))
                        && bytes.replace("\0", "").contains(TOKEN));
    }

    /** A file that is too large to be edited is named if it has markers: read once, in pieces. */
    private static boolean hasToken(ObjectLoader blob) throws IOException {
        String kept = "";
        try (InputStream in = blob.openStream()) {
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                String text = kept + new String(piece, StandardCharsets.ISO_8859_1);
                if (text.contains(TOKEN)) {
                    return true;
                }
                kept = text.substring(Math.max(0, text.length() - TOKEN.length()));
            }
        }
        return false;
    }
}
