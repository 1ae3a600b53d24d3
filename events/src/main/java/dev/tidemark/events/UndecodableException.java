package dev.tidemark.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A record that nobody can read: not JSON, an unknown type or version, or a value that its record refuses.
 *
 * <p>The message says what is wrong and where, and nothing of what the record holds, and there is no cause that would: it
 * becomes the header of a dead letter, which tools show and which outlives the record's masking.
 */
public final class UndecodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names of members, which records of ours have; keys of maps are data. */
    private static final Pattern MEMBER = Pattern.compile("[a-z][A-Za-z]{0,40}");

    private static final Pattern KEY = Pattern.compile("\\[(?![0-9]+\\])[^\\]]*\\]");

    private static final String UNTOLD = "…";

    public UndecodableException(String message) {
        super(message);
    }

    static UndecodableException unknownType(String wireName) {
        return new UndecodableException("unknown event type"
                + (EventType.isOurs(wireName) ? " '" + wireName + "': a newer version writes it" : ""));
    }

    /** @param path {@code 'tags[0].tag' is required} */
    static UndecodableException missing(String path) {
        return new UndecodableException("not an event: " + KEY.matcher(path).replaceAll("[" + UNTOLD + "]"));
    }

    static UndecodableException at(IOException failure) {
        if (failure instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return new UndecodableException(
                    "not an event: the member '" + path(mapping) + "' has no value of its type");
        }
        var at = failure instanceof JsonProcessingException json ? json.getLocation() : null;
        return new UndecodableException(
                at == null
                        ? "not an event: not JSON"
                        : "not an event: not JSON from line " + at.getLineNr() + ", column " + at.getColumnNr()
                                + " on");
    }

    private static String path(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(step ->
                        step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + member(step.getFieldName()))
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String member(String name) {
        return MEMBER.matcher(name).matches() ? name : UNTOLD;
    }
}
