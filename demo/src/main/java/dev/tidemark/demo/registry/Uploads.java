package dev.tidemark.demo.registry;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Blobs on their way in. A client that does not finish starts again after a restart, as the specification allows. */
final class Uploads {

    private final Map<String, ByteArrayOutputStream> open = new ConcurrentHashMap<>();

    String begin() {
        String id = UUID.randomUUID().toString();
        open.put(id, new ByteArrayOutputStream());
        return id;
    }

    /** The size so far. */
    int append(String id, byte[] chunk) {
        ByteArrayOutputStream upload = upload(id);
        upload.writeBytes(chunk);
        return upload.size();
    }

    byte[] finish(String id) {
        byte[] content = upload(id).toByteArray();
        open.remove(id);
        return content;
    }

    private ByteArrayOutputStream upload(String id) {
        ByteArrayOutputStream upload = open.get(id);
        if (upload == null) {
            throw new RegistryError(404, "BLOB_UPLOAD_UNKNOWN", "no upload " + id);
        }
        return upload;
    }
}
