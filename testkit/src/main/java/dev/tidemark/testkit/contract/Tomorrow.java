package dev.tidemark.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.testkit.house.SourceTree;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Records of a build of tomorrow, made of the samples of today: with constants, kinds of rules and members that this build
 * does not know, and of types that it does not know. Every reader is fed with all of them.
 */
public final class Tomorrow {

    /** Stands where a constant of an enumeration stood. */
    public static final String CONSTANT = "OF_TOMORROW";

    /** Stands where the kind of a rule stood. */
    public static final String RULE = "of-tomorrow";

    private static final Pattern CONSTANTS = Pattern.compile("(?<=:)\"[A-Z][A-Z_]+\"");
    private static final Pattern KIND = Pattern.compile("(?<=\"rule\":)\"[a-z]+\"");
    private static final Pattern TYPE = Pattern.compile("dev\\.tidemark\\.[a-z-]+\\.v1");

    /** Where an object with members begins; of those that are maps the members are data. */
    private static final Pattern OBJECT = Pattern.compile(
            "(?<!\"(?:annotations|inputs|written|selections|defaultValues|digests|firstSeen)\":)\\{(?=\")");

    private static final String MEMBER = "{\"ofTomorrow\":{\"a\":[1,null,\"x\"]},";

    private Tomorrow() {}

    /** What is of tomorrow in a record. */
    public enum What {
        CONSTANTS,
        RULE,
        MEMBERS,
        /** A type that exists, in another version. */
        VERSION,
        /** A type that does not exist. */
        TYPE;

        /** Whether this build reads the rest of the record. */
        public boolean isRead() {
            return this != VERSION && this != TYPE;
        }
    }

    /**
     * A record of tomorrow.
     *
     * @param sample whose record it is today
     * @param topic that it is in, without an installation's prefix
     */
    public record Changed(String sample, What what, String topic, String key, String today, String text) {

        public byte[] value() {
            return text.getBytes(UTF_8);
        }

        /** The sample as it is. */
        public byte[] valueOfToday() {
            return today.getBytes(UTF_8);
        }

        @Override
        public String toString() {
            return sample + ' ' + what;
        }
    }

    /** All of them. */
    public static Stream<Changed> all() {
        Path folder = SourceTree.root().resolve("events/src/test/resources/samples/v1");
        Properties keys = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("keys.properties"))) {
            keys.load(reader);
            return new TreeSet<>(keys.stringPropertyNames())
                    .stream().flatMap(sample -> changed(folder, sample, keys.getProperty(sample)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of one topic. */
    public static List<Changed> of(String topic) {
        return all().filter(one -> one.topic().equals(topic)).toList();
    }

    private static Stream<Changed> changed(Path folder, String sample, String place) {
        String today = read(folder.resolve(sample + ".json"));
        return Stream.of(
                        change(sample, What.CONSTANTS, place, today, CONSTANTS, '"' + CONSTANT + '"'),
                        change(sample, What.RULE, place, today, KIND, '"' + RULE + '"'),
                        change(sample, What.MEMBERS, place, today, OBJECT, MEMBER),
                        change(sample, What.VERSION, place, today, Pattern.compile("(?<=[a-z])\\.v1(?=\")"), ".v2"),
                        change(sample, What.TYPE, place, today, TYPE, "dev.tidemark.something-new.v1"))
                .filter(one -> !one.text().equals(today));
    }

    private static Changed change(
            String sample, What what, String place, String today, Pattern of, String replacement) {
        String[] parts = place.split(" ", 3);
        return new Changed(
                sample, what, parts[0], parts[2], today, of.matcher(today).replaceAll(replacement));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
