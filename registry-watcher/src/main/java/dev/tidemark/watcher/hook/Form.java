package dev.tidemark.watcher.hook;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** A body of pairs as a browser sends them, read as Go's {@code url.ParseQuery} does. */
final class Form {

    private static final byte[] PAYLOAD = {'p', 'a', 'y', 'l', 'o', 'a', 'd'};

    private Form() {}

    /** The first {@code payload}, no bytes where there is none; empty when the form as a whole is malformed. */
    static Optional<byte[]> payload(byte[] body) {
        byte[] payload = null;
        int from = 0;
        while (from <= body.length) {
            int to = indexOf(body, '&', from, body.length);
            if (indexOf(body, ';', from, to) < to) {
                return Optional.empty();
            }
            int equals = indexOf(body, '=', from, to);
            Optional<byte[]> name = unescape(body, from, equals);
            Optional<byte[]> value = unescape(body, Math.min(equals + 1, to), to);
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            if (payload == null && Arrays.equals(name.get(), PAYLOAD)) {
                payload = value.get();
            }
            from = to + 1;
        }
        return Optional.of(payload == null ? new byte[0] : payload);
    }

    private static int indexOf(byte[] body, char c, int from, int to) {
        int at = from;
        while (at < to && body[at] != c) {
            at++;
        }
        return at;
    }

    private static Optional<byte[]> unescape(byte[] body, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at++) {
            if (body[at] == '%') {
                int high = at + 2 < to ? Character.digit(body[at + 1], 16) : -1;
                int low = at + 2 < to ? Character.digit(body[at + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                out.write((high << 4) | low);
                at += 2;
            } else {
                out.write(body[at] == '+' ? ' ' : body[at]);
            }
        }
        return Optional.of(out.toByteArray());
    }
}
