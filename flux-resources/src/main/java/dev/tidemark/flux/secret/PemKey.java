package dev.tidemark.flux.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in the three PEM forms that tools write: PKCS#8, PKCS#1 (RSA) and SEC 1 (elliptic curves). */
public final class PemKey {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC |ENCRYPTED )?)PRIVATE KEY-----([^-]*)-----END \\1PRIVATE KEY-----");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    /** 1.2.840.113549.1.1.1 with NULL. */
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    /** 1.2.840.10045.2.1. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private static final byte SEQUENCE = 0x30;
    private static final byte OCTETS = 0x04;
    private static final byte OBJECT_ID = 0x06;

    /** {@code [0]}, where SEC 1 names the curve. */
    private static final byte CURVE = (byte) 0xa0;

    private PemKey() {}

    /** @throws GeneralSecurityException saying what is wrong */
    public static PrivateKey read(byte[] pem) throws GeneralSecurityException {
        Matcher key = KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!key.find()) {
            throw new InvalidKeySpecException("holds no private key in PEM");
        }
        if (key.group(1).startsWith("ENCRYPTED") || key.group(2).contains("ENCRYPTED")) {
            throw new InvalidKeySpecException("holds an encrypted key: store it without a password");
        }
        byte[] content;
        try {
            content = Base64.getMimeDecoder().decode(key.group(2));
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidKeySpecException("holds a key that is not base64", notBase64);
        }
        return switch (key.group(1)) {
            case "RSA " -> generate("RSA", join(SEQUENCE, VERSION_0, RSA, join(OCTETS, content)));
            case "EC " ->
                generate("EC", join(SEQUENCE, VERSION_0, join(SEQUENCE, EC, curve(content)), join(OCTETS, content)));
            default -> generateAny(content);
        };
    }

    private static PrivateKey generateAny(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return generate(algorithm, pkcs8);
            } catch (InvalidKeySpecException another) {
                // the next one
            }
        }
        throw new InvalidKeySpecException("holds a key that is none of " + ALGORITHMS);
    }

    private static PrivateKey generate(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** The curve's object id: the first one below {@code [0]}, behind the version and the secret number. */
    private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
        for (int i = 0; i + 3 < sec1.length; i++) {
            if (sec1[i] == CURVE && sec1[i + 2] == OBJECT_ID && sec1[i + 1] == sec1[i + 3] + 2) {
                int end = i + 2 + sec1[i + 1];
                if (end <= sec1.length) {
                    return java.util.Arrays.copyOfRange(sec1, i + 2, end);
                }
            }
        }
        throw new InvalidKeySpecException("holds an EC key without the name of its curve: convert it to PKCS#8");
    }

    private static byte[] join(byte tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            all.write(0x82);
            all.write(length >>> 8);
        } else if (length >= 0x80) {
            all.write(0x81);
        }
        all.write(length);
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }
}
