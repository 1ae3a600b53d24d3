package dev.tidemark.go.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.go.text.Utf8;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** Verdicts that {@code src/test/go/values} recorded in {@code src/test/resources/go}: a line each, fields between tabs. */
public final class Verdicts {

    /** Of many differences the first ones tell enough. */
    private static final int SHOWN = 20;

    private Verdicts() {}

    /** What is wrong with one verdict; empty for nothing. */
    public interface Check {
        String difference(List<String> fields);
    }

    /** Every line of the file agrees. */
    public static void check(String file, Check check) {
        List<String> different = new ArrayList<>();
        int count = 0;
        try (InputStream in = Objects.requireNonNull(Verdicts.class.getResourceAsStream("/go/" + file), file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                count++;
                String difference = check.difference(List.of(line.split("\t", -1)));
                if (!difference.isEmpty() && different.size() < SHOWN) {
                    different.add("line " + count + ": " + difference);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(count).as("verdicts").isPositive();
        assertThat(different).isEmpty();
    }

    /** What Go says and what we say; empty when that is the same. */
    public static String difference(String about, String go, String here) {
        return go.equals(here) ? "" : "%s: Go %s, here %s".formatted(about, go, here);
    }

    /** A text that may hold bytes which are no UTF-8. */
    public static String text(String base64) {
        return Utf8.string(Base64.getDecoder().decode(base64));
    }
}
