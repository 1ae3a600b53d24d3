package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Adler32;

/** Hashes and base 64 and 32. */
final class EncodingFunctions {
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private EncodingFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("sha1sum(string)", a -> digest("SHA-1", a)),
                TemplateFunction.of("sha256sum(string)", a -> digest("SHA-256", a)),
                TemplateFunction.of("adler32sum(string)", a -> {
                    var sum = new Adler32();
                    sum.update(Utf8.bytes(a.text(0)));
                    return Long.toString(sum.getValue());
                }),
                TemplateFunction.of("b64enc(string)", a -> Base64.getEncoder().encodeToString(Utf8.bytes(a.text(0)))),
                TemplateFunction.of("b64dec(string)", a -> {
                    try {
                        return Utf8.string(base64(a.text(0)));
                    } catch (FunctionException e) {
                        // sprig gives the message as the result.
                        return e.getMessage();
                    }
                }),
                TemplateFunction.of("b32enc(string)", a -> encode32(Utf8.bytes(a.text(0)))),
                TemplateFunction.of("b32dec(string)", a -> {
                    try {
                        return Utf8.string(new BlockDecoder("base32", BASE_32, 8, 5).decode(a.text(0)));
                    } catch (FunctionException e) {
                        return e.getMessage();
                    }
                }));
    }

    static TemplateFunction sha512() {
        return TemplateFunction.of("sha512sum(string)", a -> digest("SHA-512", a));
    }

    private static String digest(String algorithm, Arguments a) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(Utf8.bytes(a.text(0)));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** Go's standard encoding: padded, line ends are skipped. */
    static byte[] base64(String text) {
        return new BlockDecoder("base64", BASE_64, 4, 6).decode(text);
    }

    private static String encode32(byte[] bytes) {
        StringBuilder out = new StringBuilder((bytes.length + 4) / 5 * 8);
        for (int i = 0; i < bytes.length; i += 5) {
            long block = 0;
            for (int k = 0; k < 5; k++) {
                block = block << 8 | (i + k < bytes.length ? bytes[i + k] & 0xFF : 0);
            }
            int digits = (Math.min(5, bytes.length - i) * 8 + 4) / 5;
            for (int k = 0; k < 8; k++) {
                out.append(k < digits ? BASE_32.charAt((int) (block >> (35 - 5 * k)) & 31) : '=');
            }
        }
        return out.toString();
    }
}
