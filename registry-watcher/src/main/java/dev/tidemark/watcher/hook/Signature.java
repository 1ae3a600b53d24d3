package dev.tidemark.watcher.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proofs of knowing a token; compared in constant time. */
final class Signature {

    private Signature() {}

    /** {@code sha1|sha256|sha512=<hex>}, the HMAC of the body. A blank token proves nothing: anybody can sign with it. */
    static boolean matches(String signature, String token, byte[] body) {
        int equals = signature.indexOf('=');
        if (equals < 0 || token.isBlank()) {
            return false;
        }
        String algorithm =
                switch (signature.substring(0, equals)) {
                    case "sha1" -> "HmacSHA1";
                    case "sha256" -> "HmacSHA256";
                    case "sha512" -> "HmacSHA512";
                    default -> "";
                };
        return !algorithm.isEmpty()
                && same(signature.substring(equals + 1).toLowerCase(Locale.ROOT), hmac(algorithm, token, body));
    }

    /** Whether what was sent is the token; a blank one is nobody's. */
    static boolean isToken(String sent, String token) {
        return !token.isBlank() && same(sent, token);
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String algorithm, String token, byte[] body) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
