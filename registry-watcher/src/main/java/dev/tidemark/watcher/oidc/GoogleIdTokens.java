package dev.tidemark.watcher.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.watcher.domain.IdTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.Set;

/**
 * ID tokens as Google issues them: RS256, one hour, signed with published keys. What the token says of itself is looked
 * at first, so that nobody makes us fetch keys for a token that would be refused anyway.
 */
public final class GoogleIdTokens implements IdTokens {

    /** Where Google publishes its keys. */
    public static final URI KEYS = URI.create("https://www.googleapis.com/oauth2/v3/certs");

    private static final Set<String> ISSUERS = Set.of("accounts.google.com", "https://accounts.google.com");

    /** Google's tokens have about 1 KiB; the header is not trusted yet when it is read. */
    private static final int MAX_LENGTH = 16 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SigningKeys keys;
    private final Clock clock;

    GoogleIdTokens(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param keys where the keys are published, see {@link #KEYS} */
    public static GoogleIdTokens withKeysAt(URI keys, Clock clock) {
        return new GoogleIdTokens(new PublishedKeys(keys, clock), clock);
    }

    @Override
    public boolean prove(String token, String audience, String email) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > MAX_LENGTH || parts.length != 3) {
            return false;
        }
        try {
            JsonNode header = JSON.readTree(decode(parts[0]));
            JsonNode claims = JSON.readTree(decode(parts[1]));
            byte[] signature = decode(parts[2]);
            return header.path("alg").asText().equals("RS256")
                    && holds(claims, audience, email)
                    && keys.find(header.path("kid").asText())
                            .filter(key -> isSigned(parts[0] + '.' + parts[1], signature, key))
                            .isPresent();
        } catch (IOException | IllegalArgumentException notAToken) {
            return false;
        }
    }

    private boolean holds(JsonNode claims, String audience, String email) {
        return claims.path("aud").asText().equals(audience)
                && ISSUERS.contains(claims.path("iss").asText())
                && claims.path("exp").isIntegralNumber()
                && claims.path("exp").canConvertToLong()
                && claims.path("exp").asLong() >= clock.instant().getEpochSecond()
                && claims.path("email").asText().equals(email)
                && claims.path("email_verified").asBoolean(false);
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static boolean isSigned(String content, byte[] signature, PublicKey key) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(content.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
