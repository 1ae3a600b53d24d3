package dev.tidemark.gotemplates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.exec.MissingKey;
import dev.tidemark.gotemplates.function.TemplateFunction;
import dev.tidemark.gotemplates.value.HostFunction;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The public API. */
class ExecutionTest {
    @Test
    void readsTheExampleOfTheDocumentation() {
        TemplateEngine engine = TemplateEngine.builder().build();
        Template template = engine.parse("greeting", "Hello {{ .name }}!");
        assertThat(template.render(Map.of("name", "tide"))).isEqualTo("Hello tide!");
    }

    @Test
    void bindsInputsForOneExecution() {
        // Given
        Template template = TemplateEngine.builder()
                .functions(FunctionSet.resourceSet())
                .delimiters("<<", ">>")
                .missingKey(MissingKey.ERROR)
                .build()
                .parse("resources", "app: << inputs.tenant | quote >>");
        // When, Then
        assertThat(template.bind("inputs", Map.of("tenant", "a")).render(null)).isEqualTo("app: \"a\"");
        assertThat(template.bind("inputs", Map.of("tenant", "b")).render(null)).isEqualTo("app: \"b\"");
        assertThatThrownBy(() -> template.render(null)).hasMessageContaining("no value is bound to \"inputs\"");
        assertThatThrownBy(() -> template.bind("input", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesFunctionsOfTheHost() {
        // Given
        var engine = TemplateEngine.builder()
                .functions(FunctionSet.builtIn().with(TemplateFunction.of("twice(string)", a -> a.text(0) + a.text(0))))
                .build();
        HostFunction join = arguments -> arguments.getFirst() + "-" + arguments.getLast();
        // When
        String output =
                engine.parse("t", "{{ twice .x }} {{ call .join 1 \"b\" }}").render(Map.of("x", "ab", "join", join));
        // Then
        assertThat(output).isEqualTo("abab 1-b");
    }

    @Test
    void looksAtTheGivenClockAndRandomness() {
        // Given
        var now = Instant.parse("2026-11-22T12:00:00Z");
        List<String> outputs = IntStream.range(0, 2)
                .mapToObj(i -> TemplateEngine.builder()
                        .functions(FunctionSet.commitMessage())
                        .clock(Clock.fixed(now, ZoneOffset.UTC))
                        .random(new Random(7))
                        .build()
                        .parse(
                                "t",
                                "{{ ago 1795348770 }} {{ randInt 0 1000000 }} {{ shuffle \"abcdef\" }}"
                                        + " {{ htpasswd \"u\" \"p\" }} {{ genPrivateKey \"ed25519\" }}")
                        .render(null))
                .toList();
        // Then
        assertThat(outputs.getFirst()).startsWith("30s ").isEqualTo(outputs.getLast());
    }

    @Test
    void isSafeForThreads() throws Exception {
        // Given
        Template template = TemplateEngine.builder()
                .functions(FunctionSet.commitMessage())
                .build()
                .parse("t", "{{ $x := 0 }}{{ range .n }}{{ $x = add $x . }}{{ end }}{{ $x }}");
        // When
        List<Callable<String>> tasks = IntStream.range(0, 200)
                .<Callable<String>>mapToObj(i -> () -> template.render(Map.of("n", (long) i)))
                .toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var results = threads.invokeAll(tasks);
            // Then
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(Integer.toString(i * (i - 1) / 2));
            }
        }
    }

    @Test
    void keepsBytesThatAreNoText() {
        // Given
        var engine = TemplateEngine.builder().build();
        // When
        String half = engine.parse("t", "{{ slice .s 0 3 }}").render(Map.of("s", "na\u00efve"));
        // Then
        assertThat(Utf8.bytes(half)).containsExactly('n', 'a', 0xC3);
        assertThat(engine.parse("t", "{{ len .s }} {{ printf \"%x\" .s }}").render(Map.of("s", half)))
                .isEqualTo("3 6e61c3");
    }

    @Test
    void encryptsWhatItCanDecrypt() {
        var engine =
                TemplateEngine.builder().functions(FunctionSet.commitMessage()).build();
        String template = "{{ encryptAES \"key\" \"sel\u00e9\" | decryptAES \"key\" }}";
        assertThat(engine.parse("t", template).render(null)).isEqualTo("sel\u00e9");
    }

    @Test
    void signsCertificates() throws Exception {
        // Given
        var engine =
                TemplateEngine.builder().functions(FunctionSet.commitMessage()).build();
        var template = engine.parse("t", """
                {{- $key := genPrivateKey .type }}
                {{- $ca := genCAWithKey "tide-ca" 10 $key }}
                {{- $cert := genSignedCertWithKey "tide.test" (list "10.0.0.1") (list "tide.test") 5 $ca $key }}
                {{- (buildCustomCert (b64enc $cert.Cert) (b64enc $cert.Key)).Cert }}|{{ $ca.Cert }}""");
        var factory = java.security.cert.CertificateFactory.getInstance("X.509");
        for (String type : List.of("ecdsa", "ed25519")) {
            // When
            String[] parts = template.render(Map.of("type", type)).split("\\|", 2);
            // Then
            var cert = (java.security.cert.X509Certificate)
                    factory.generateCertificate(new java.io.ByteArrayInputStream(Utf8.bytes(parts[0])));
            var ca = (java.security.cert.X509Certificate)
                    factory.generateCertificate(new java.io.ByteArrayInputStream(Utf8.bytes(parts[1])));
            cert.verify(ca.getPublicKey());
            assertThat(cert.getSubjectX500Principal().getName()).isEqualTo("CN=tide.test");
            assertThat(cert.getIssuerX500Principal().getName()).isEqualTo("CN=tide-ca");
            assertThat(cert.getSubjectAlternativeNames()).hasSize(2);
            assertThat(ca.getBasicConstraints()).isNotNegative();
        }
    }

    @Test
    void takesNullValuesInData() {
        var data = new HashMap<String, Object>();
        data.put("a", null);
        assertThat(TemplateEngine.builder().build().parse("t", "{{ .a }}").render(data))
                .isEqualTo("<no value>");
    }

    @Test
    void hasExactlyTheFunctionsOfTheVectors() {
        int goes = FunctionSet.builtIn().names().size();
        assertThat(goes).isEqualTo(19);
        // slice is in both sets.
        assertThat(FunctionSet.commitMessage().names()).hasSize(194 + goes - 1);
        assertThat(FunctionSet.resourceSet().names()).hasSize(159 + goes - 1);
    }
}
