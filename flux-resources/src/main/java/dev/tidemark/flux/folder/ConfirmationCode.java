package dev.tidemark.flux.folder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short name for a list of objects: whoever repeats it means that list and no other. */
final class ConfirmationCode {

    /** Nobody types more, and two lists of one installation do not share so many. */
    private static final int CHARACTERS = 12;

    private ConfirmationCode() {}

    static String of(List<String> names) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
