package dev.tidemark.systemtests;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Secrets that must be found nowhere, by what they are for, and the forms in which they are looked for. */
final class Canaries {

    private final Random random = new Random(11);
    private final Map<String, String> secrets = new LinkedHashMap<>();

    /** A new secret, with characters that URLs and JSON escape. */
    String add(String use) {
        return add(use, word() + "/+%" + word());
    }

    /** A secret of letters and digits alone. */
    String addPlain(String use) {
        return add(use, word() + word());
    }

    /** One that was made elsewhere. */
    void watch(String use, String secret) {
        secrets.put(use, secret);
    }

    private String add(String use, String secret) {
        secrets.put(use, secret);
        return secret;
    }

    private String word() {
        return Long.toString(random.nextLong(1L << 50, 1L << 55), 36);
    }

    /** What of the canaries stands in a text, by use and form. */
    Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        secrets.forEach((use, secret) -> forms(secret).forEach((form, characters) -> {
            if (text.contains(characters)) {
                found.add(use + " " + form);
            }
        }));
        return found;
    }

    private static Map<String, String> forms(String secret) {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("as it is", secret);
        forms.put("in a URL", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        List<String> inside = inside(secret);
        for (int i = 0; i < inside.size(); i++) {
            forms.put("in Base64, " + i, inside.get(i));
        }
        return forms;
    }

    /** The middle of what Base64 makes of it, wherever it begins in the encoded text. */
    private static List<String> inside(String secret) {
        List<String> inside = new ArrayList<>();
        for (int before = 0; before < 3; before++) {
            String encoded = Base64.getEncoder()
                    .encodeToString((":".repeat(before) + secret + "::").getBytes(StandardCharsets.UTF_8));
            inside.add(encoded.substring(4, encoded.length() - 8));
        }
        return inside;
    }
}
