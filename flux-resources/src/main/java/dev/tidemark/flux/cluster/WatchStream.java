package dev.tidemark.flux.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events of a watch, one by one, on the thread of whoever reads. The next piece is asked for when the last one is read,
 * so that a slow reader slows the server and fills no memory.
 */
final class WatchStream implements AutoCloseable {

    private static final int NEW_LINE = '\n';

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final Deque<String> lines = new ArrayDeque<>();
    private @Nullable AsyncBody body;
    private int code;

    private sealed interface Piece {
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        record End(@Nullable Throwable fault) implements Piece {}
    }

    void received(List<ByteBuffer> buffers, AsyncBody from) {
        pieces.add(new Piece.Bytes(buffers));
    }

    void opened(HttpResponse<AsyncBody> response) {
        code = response.code();
        AsyncBody opened = response.body();
        body = opened;
        var unused = opened.done().whenComplete((_, fault) -> pieces.add(new Piece.End(fault)));
        opened.consume();
    }

    /** What the server answers instead of events. */
    Optional<Answer> refusal(Duration limit) throws InterruptedException {
        return code < 300 ? Optional.empty() : Optional.of(new Answer(code, ClusterApi.parsed(rest(limit))));
    }

    private String rest(Duration limit) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (Optional<String> line = line(limit); line.isPresent(); line = line(limit)) {
            text.append(line.get());
        }
        return text.toString();
    }

    /**
     * The next event; empty at the end.
     *
     * @throws BrokenWatchException when the stream broke, or said nothing for so long
     */
    Optional<JsonNode> next(Duration limit) throws InterruptedException {
        return line(limit).map(ClusterApi::parsed);
    }

    private Optional<String> line(Duration limit) throws InterruptedException {
        while (lines.isEmpty()) {
            switch (pieces.poll(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                case null -> throw new BrokenWatchException("the API server fell silent", null);
                case Piece.Bytes(var buffers) -> {
                    buffers.forEach(this::split);
                    if (body != null) {
                        body.consume();
                    }
                }
                case Piece.End(var fault) -> {
                    pieces.add(new Piece.End(fault));
                    if (fault != null) {
                        throw new BrokenWatchException(String.valueOf(fault.getMessage()), fault);
                    }
                    if (partial.size() == 0) {
                        return Optional.empty();
                    }
                    endLine();
                }
            }
        }
        return Optional.of(lines.removeFirst());
    }

    private void split(ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            byte next = buffer.get();
            if (next == NEW_LINE) {
                endLine();
            } else {
                partial.write(next);
            }
        }
    }

    private void endLine() {
        lines.add(partial.toString(StandardCharsets.UTF_8));
        partial.reset();
    }

    @Override
    public void close() {
        if (body != null) {
            body.cancel();
        }
    }
}
