package dev.tidemark.flux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    /** Everything that some escaping changes: quotation marks, percent signs, backslashes, letters beyond ASCII. */
    private static final String SECRET = "k%1&\"pä\\ss/+wörd=?#<x>'@:z";

    private static final Redaction REDACTION = Redaction.of(List.of(SECRET));

    @Test
    void masksTheUserInformationOfEveryScheme() {
        assertThat(Redaction.ofUrls().apply("cannot reach ssh://user:pa@ss@git.example/x, https://tok@h/y?a=b@c: gone"))
                .isEqualTo("cannot reach ssh://***@git.example/x, https://***@h/y?a=b@c: gone");
        assertThat(Redaction.ofUrls().apply("git+ssh://a:b@h, x-y.z://only@h and oci://h/a:1@sha256:b, ://@"))
                .isEqualTo("git+ssh://***@h, x-y.z://***@h and oci://h/a:1@sha256:b, ://@");
    }

    @Test
    void masksWhatTheOperationUsedLongestFirst() {
        Redaction redaction = Redaction.of(List.of("secret", "secret-and-more", "ab"));
        assertThat(redaction.apply("401: secret-and-more is not secret, ab neither"))
                .isEqualTo("401: *** is not ***, ab neither");
    }

    static Stream<String> forms() {
        return Stream.of(
                SECRET,
                URLEncoder.encode(SECRET, UTF_8),
                URLEncoder.encode(SECRET, UTF_8).toLowerCase(java.util.Locale.ROOT),
                SECRET.replace("%", "%25").replace("#", "%23"),
                SECRET.replace("\\", "\\\\").replace("\"", "\\\""),
                SECRET.replace("\\", "\\u005c")
                        .replace("\"", "\\u0022")
                        .replace("&", "\\u0026")
                        .replace("ä", "\\u00e4"),
                SECRET.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&#34;"),
                base64(SECRET),
                base64("user:" + SECRET),
                base64("another-user:" + SECRET + ":and more"),
                base64("{\"auths\":{\"x\":{\"password\":\"" + SECRET + "\"}}}"),
                Base64.getUrlEncoder().encodeToString(SECRET.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void masksASecretInEveryFormThatServersEcho(String form) {
        assertThat(REDACTION.apply("refused " + form + " today")).isEqualTo("refused *** today");
    }

    @Test
    void masksAnUpperCaseEscapeOnlyWhereItIsOne() {
        // lower case above is another text, where letters of the secret are upper case; here they are not
        assertThat(Redaction.of(List.of("tide/mark")).apply("x tide%2fmark tide%2Fmark tide-mark"))
                .isEqualTo("x *** *** tide-mark");
    }

    @Test
    void masksEachLineOfAKeyAndThePasswordsInsideJson() {
        String key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7\n-----END KEY-----\n";
        String pull = "{\"auths\":{\"r.example\":{\"username\":\"robot\",\"password\":\"pull \\\"it\"}}}";
        Redaction redaction = Redaction.of(List.of(key, pull));
        assertThat(redaction.apply("bad line BKcwggSjAgEAAoIBAQC7 of -----BEGIN KEY-----"))
                .isEqualTo("bad line *** of -----BEGIN KEY-----");
        assertThat(redaction.apply("user robot, pull \\\"it")).isEqualTo("user robot, ***");
        assertThat(redaction.apply("key " + key.replace("\n", "\\n"))).isEqualTo("key ***\\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sent Authorization: Bearer abc.def-123|sent Authorization: Bearer ***",
                "sent authorization=Basic dTpw, then|sent authorization=Basic ***, then",
                "header \"Authorization\": \"token x1\"|header \"Authorization\": \"***\"",
                "got bearer eyJhbGciOiJIUzI1.x.y back|got bearer *** back",
                "got Basic dXNlcjpwYXNz back|got Basic *** back",
                "GET https://h/b?x=1&access_token=abc&y=2 -> 401|GET https://h/b?x=1&access_token=***&y=2 -> 401",
                "GET https://h/b?X-Amz-Signature=f00&Token=abc#top|GET https://h/b?X-Amz-Signature=***&Token=***#top",
                "said {\"token\":\"abc\", \"a\":1}|said {\"token\":\"***\", \"a\":1}",
                "said {\\\"password\\\":\\\"abc\\\"}|said {\\\"password\\\":\\\"***\\\"}",
                "cannot push to me:hush@git.example:fleet.git|cannot push to ***@git.example:fleet.git",
            })
    void masksWhatLooksLikeACredential(String text, String clean) {
        assertThat(Redaction.ofUrls().apply(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authentication required: Basic authentication is not accepted here",
                "the bearer token is missing",
                "Www-Authenticate: Bearer realm=\"https://auth.example/token\",service=\"r\"",
                "ghcr.io/my-org/my-app:1.0.0@sha256:0123456789abcdef: not found",
                "my-app:1.0.0@sha512:0123456789abcdef: not found",
                "git@github.com:my-org/fleet.git: not found",
                "a token of a list, tokens 12 and a secret=",
                "line 3: key \"token\" is missing",
                "authorization failed",
            })
    void leavesOrdinaryWordsAlone(String text) {
        assertThat(Redaction.ofUrls().apply(text)).isEqualTo(text);
        assertThat(REDACTION.apply(text)).isEqualTo(text);
    }

    @Test
    void cutsWhatIsTooLongWithoutShowingHalfASecret() {
        String secret = "s3cr3t-".repeat(20);
        Redaction redaction = Redaction.of(List.of(secret));
        for (int before : List.of(0, 1, 70, 139)) {
            String text = "x".repeat(Redaction.LONGEST_TEXT - before) + secret + "y".repeat(100_000);
            assertThat(redaction.apply(text))
                    .endsWith("… (truncated)")
                    .doesNotContain("s3cr3t")
                    .hasSizeLessThanOrEqualTo(Redaction.LONGEST_TEXT + 20);
        }
        String whole = "x".repeat(Redaction.LONGEST_TEXT);
        assertThat(redaction.apply(whole)).isEqualTo(whole);
    }

    /** Against patterns that look back again and again, and against a stack that grows with the text. */
    @Test
    void isNotImpressedByAnyText() {
        Random random = new Random(11);
        String[] pieces = {
            "a",
            "://",
            "@",
            "\\",
            "\"token\":\"",
            "%2",
            "%41",
            "&",
            "&#3",
            "basic ",
            "token ",
            ":",
            "?token=",
            "authorization"
        };
        for (int round = 0; round < 30; round++) {
            StringBuilder text = new StringBuilder();
            int kinds = 1 + random.nextInt(3);
            String[] some = new String[kinds];
            for (int i = 0; i < kinds; i++) {
                some[i] = pieces[random.nextInt(pieces.length)];
            }
            while (text.length() < 60_000) {
                text.append(some[random.nextInt(kinds)]);
            }
            assertThat(REDACTION.apply(text.toString())).isNotEmpty();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void masksExceptionsWithTheirCauses() {
        Redaction redaction = Redaction.of(List.of("hush-1234"));
        var fault = new IllegalStateException("outer", new IllegalArgumentException("sent hush-1234"));
        fault.addSuppressed(new IllegalArgumentException("closed hush-1234"));

        RuntimeException masked = redaction.masked(fault);

        var printed = new StringWriter();
        masked.printStackTrace(new PrintWriter(printed, true));
        assertThat(masked).hasMessage("outer").hasNoCause();
        assertThat(printed.toString())
                .contains("IllegalStateException: outer", "Caused by: java.lang.IllegalArgumentException: sent ***")
                .contains("closed ***", "RedactionTest.masksExceptionsWithTheirCauses")
                .doesNotContain("hush");
    }

    @Test
    void leavesExceptionsThatTellNothing() {
        var fault = new IllegalStateException("outer");
        assertThat(Redaction.of(List.of("hush-1234")).masked(fault)).isSameAs(fault);
        assertThat(Redaction.of(List.of("hush-1234")).masked((Throwable) fault)).isSameAs(fault);
    }
}
