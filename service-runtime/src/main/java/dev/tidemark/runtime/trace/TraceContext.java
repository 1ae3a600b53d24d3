package dev.tidemark.runtime.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.events.Envelope;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a fact stands in a trace. Both ids follow from what the log says, so that all services agree without telling each
 * other, and who reads a fact again comes to the same.
 *
 * @param trace 32 hexadecimal digits: of the trace that a webhook came with, else made of the correlation
 * @param span 16 hexadecimal digits, made of the fact's id
 */
public record TraceContext(String trace, String span) {

    /** <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>, version 00. */
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final int SAMPLED = 1;
    private static final int HEXADECIMAL = 16;

    /**
     * What came with a webhook.
     *
     * @param sampled whether its sender records the trace; where it does not, nobody else is to
     */
    record Incoming(String trace, String parent, boolean sampled) {

        /** Empty for what is none: it is somebody else's header. */
        static Optional<Incoming> of(@Nullable String traceparent) {
            Matcher matcher = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
            return matcher.matches() && !isZero(matcher.group(1)) && !isZero(matcher.group(2))
                    ? Optional.of(new Incoming(
                            matcher.group(1),
                            matcher.group(2),
                            (Integer.parseInt(matcher.group(3), HEXADECIMAL) & SAMPLED) != 0))
                    : Optional.empty();
        }

        private static boolean isZero(String digits) {
            return digits.chars().allMatch(digit -> digit == '0');
        }
    }

    /** A header that came with a webhook, where it is one; null otherwise. */
    public static @Nullable String valid(@Nullable String traceparent) {
        return Incoming.of(traceparent).isPresent() ? traceparent : null;
    }

    /** Of a fact. */
    public static TraceContext of(Envelope<?> fact) {
        String trace = Incoming.of(fact.traceparent())
                .map(Incoming::trace)
                .orElseGet(() -> digits(fact.correlationid(), TRACE_DIGITS));
        return new TraceContext(trace, span(fact.id()));
    }

    /** The span of the fact with this id. */
    static String span(String factId) {
        return digits(factId, SPAN_DIGITS);
    }

    private static String digits(String text, int count) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, count);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
