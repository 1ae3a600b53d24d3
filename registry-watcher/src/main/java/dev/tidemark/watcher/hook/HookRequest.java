package dev.tidemark.watcher.hook;

import org.jspecify.annotations.Nullable;

/** A request to the handler, as it came. Its text never shows the path, a header or the body: all may be secret. */
public final class HookRequest {

    private final String uri;
    private final Headers headers;
    private final byte[] body;

    /** The first value of a header, whatever the case of its name. */
    @FunctionalInterface
    public interface Headers {
        @Nullable
        String first(String name);
    }

    /** @param uri raw, with the query: it must equal a path exactly */
    public HookRequest(String uri, Headers headers, byte[] body) {
        this.uri = uri;
        this.headers = headers;
        this.body = body;
    }

    String uri() {
        return uri;
    }

    /** Empty when absent. */
    String header(String name) {
        String value = headers.first(name);
        return value == null ? "" : value;
    }

    /** Whether the sender calls the body JSON. */
    boolean isJson() {
        return MediaType.isJson(header("Content-Type"));
    }

    byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return "HookRequest(" + body.length + " bytes)";
    }
}
