package dev.tidemark.demo;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Made anew at every start, worth nothing outside this machine.
 *
 * @param password of user {@value #USER} in the demo's registry
 * @param token of the Receiver
 */
public record DemoSecrets(String password, String token) {

    public static final String USER = "demo";

    static final String RECEIVER = "my-app";

    /** As many as a registry's own tokens have. */
    private static final int BYTES = 24;

    public static DemoSecrets random(SecureRandom random) {
        return new DemoSecrets(text(random), text(random));
    }

    private static String text(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The door for the registry's notifications: the digest of token, name and namespace (flux-git-based 18.1). */
    public URI hook(URI http) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((token + RECEIVER + Scenario.NAMESPACE).getBytes(StandardCharsets.UTF_8));
            return http.resolve("/hook/" + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    String dockerConfig() {
        String auth = Base64.getEncoder().encodeToString((USER + ':' + password).getBytes(StandardCharsets.UTF_8));
        return "{\"auths\":{\"" + Scenario.HOST + "\":{\"username\":\"" + USER + "\",\"password\":\"" + password
                + "\",\"auth\":\"" + auth + "\"}}}";
    }

    /** Names nothing secret. */
    @Override
    public String toString() {
        return "DemoSecrets";
    }
}
