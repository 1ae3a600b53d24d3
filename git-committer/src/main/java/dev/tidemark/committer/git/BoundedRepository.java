package dev.tidemark.committer.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/** A repository that takes packs of bounded size from whoever sends them, by whatever way. */
final class BoundedRepository extends FileRepository {

    private final PackLimits limits;
    private long received;

    BoundedRepository(Path folder, PackLimits limits) throws IOException {
        super(folder.toFile());
        this.limits = limits;
    }

    /** Whether it has received as much as one pack may have. */
    boolean isFull() {
        return received > limits.bytes();
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter inserter = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return inserter;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                return inserter.newPackParser(new BoundedPack(in, limits) {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        int count = super.read(into, offset, length);
                        received += Math.max(0, count);
                        return count;
                    }
                });
            }
        };
    }
}
