package dev.tidemark.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.regex.Pattern.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.contract.Tomorrow;
import dev.tidemark.testkit.contract.Tomorrow.Changed;
import dev.tidemark.testkit.contract.Tomorrow.What;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newer build writes is read as far as it goes, and nothing of it is lost where this one writes it again. */
class TomorrowTest {

    static Stream<Changed> read() {
        return Tomorrow.all().filter(one -> one.what().isRead());
    }

    static Stream<Changed> passedOver() {
        return Tomorrow.all().filter(one -> !one.what().isRead());
    }

    private static Reading.Known known(byte[] value) {
        assertThat(EventCodec.read(value)).isInstanceOf(Reading.Known.class);
        return (Reading.Known) EventCodec.read(value);
    }

    @Test
    void everyEnumerationOfTheLogHasAConstantForThoseOfTomorrow() {
        assertThat(enumerations()).isNotEmpty().allSatisfy(type -> assertThat(
                        Arrays.stream(type.getEnumConstants()).map(Object::toString))
                .as(type.getName())
                .contains("UNKNOWN"));
    }

    /** A sample without a constant of some enumeration would leave it unproved. */
    @Test
    void theSamplesHaveConstantsOfEveryEnumeration() {
        Set<Class<?>> found = new HashSet<>();
        read().filter(one -> one.what() == What.CONSTANTS)
                .forEach(one -> constants(known(one.value()).envelope().event())
                        .forEach(constant -> found.add(constant.getDeclaringClass())));
        assertThat(found).isEqualTo(enumerations());
    }

    @ParameterizedTest
    @MethodSource("read")
    void theRestIsReadAsToday(Changed changed) {
        Reading.Known reading = known(changed.value());
        Envelope<?> today = EventCodec.decode(changed.valueOfToday());
        switch (changed.what()) {
            case CONSTANTS -> {
                assertThat(constants(reading.envelope().event()))
                        .allSatisfy(constant -> assertThat(constant.name()).isEqualTo("UNKNOWN"));
                assertThat(reading.newer())
                        .hasSameSizeAs(constants(reading.envelope().event()));
            }
            case RULE -> {
                assertThat(((Event.PolicyDeclared) reading.envelope().event()).rule())
                        .isInstanceOfSatisfying(PolicyRule.Unsupported.class, rule -> assertThat(rule.kind())
                                .isEqualTo(Tomorrow.RULE));
                assertThat(reading.newer()).hasSize(1);
            }
            default -> {
                assertThat(reading.envelope()).isEqualTo(today);
                assertThat(reading.newer()).isEmpty();
            }
        }
        assertThat(reading.envelope().key()).isEqualTo(today.key());
    }

    /** State stores do that with what they are given. */
    @ParameterizedTest
    @MethodSource("read")
    void isWrittenAgainByteForByte(Changed changed) {
        assertThat(new String(EventCodec.encode(known(changed.value()).envelope()), UTF_8))
                .isEqualTo(changed.text());
    }

    /** Beyond 64 bits, beyond a double, longer than the parser's own bound, and written otherwise than we do. */
    static Stream<String> numbers() {
        return Stream.of(
                "1e400",
                "-1E+400",
                "1e99999999999999999999",
                "123456789012345678901234567890",
                "9223372036854775808",
                "-9223372036854775808",
                "0.1000000000000000055511151231257827",
                "1.50",
                "1e5",
                "-0",
                "-0.0",
                "7".repeat(1000),
                "7".repeat(1001),
                "0." + "7".repeat(1001),
                "7".repeat(1_000_000));
    }

    /** Whatever becomes of the value that this build reads of them. */
    @ParameterizedTest
    @MethodSource("numbers")
    void numbersAreWrittenAgainWithTheirDigits(String number) {
        String member = "[1,null,\"x\"";
        for (Changed changed : read().filter(one -> one.what() == What.MEMBERS).toList()) {
            String text = changed.text().replaceFirst(quote(member), member + "," + number);
            assertThat(text).isNotEqualTo(changed.text());
            assertThat(writtenAgain(text).equals(text)).as(changed.sample()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void soAreThoseOfARuleOfTomorrow(String number) {
        String text = one("policy-declared", What.RULE)
                .text()
                .replace("\"rule\":", "\"a\":{\"b\":[" + number + "]},\"c\":" + number + ",\"rule\":");
        Envelope<?> read = known(text.getBytes(UTF_8)).envelope();
        Event.PolicyDeclared policy = (Event.PolicyDeclared) read.event();
        assertThat(policy.rule()).isInstanceOf(PolicyRule.Unsupported.class);
        assertThat(writtenAgain(text).equals(text)).isTrue();

        var changed = Envelope.first(policy.withSequence(7), "test", Instant.EPOCH);
        String written = new String(EventCodec.encode(changed.keeping(read)), UTF_8);
        // the event's own ones are beside those of its rule
        assertThat(occurrences(written, "\"b\":[" + number + "]")).isEqualTo(2);
        assertThat(occurrences(written, "\"c\":" + number + ",")).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void soAreThoseOfTheStores(String number) {
        var codec = new ValueCodec<>(Event.ControlRequested.class);
        String text = "{\"a\":" + number + ",\"action\":\"LIFT\",\"scope\":\"s\",\"who\":\"w\",\"why\":\"y\"}";
        assertThat(new String(codec.write(codec.read(text.getBytes(UTF_8))), UTF_8).equals(text))
                .isTrue();
    }

    private static String writtenAgain(String text) {
        return new String(EventCodec.encode(known(text.getBytes(UTF_8)).envelope()), UTF_8);
    }

    @ParameterizedTest
    @MethodSource("passedOver")
    void anotherTypeIsNoDeadLetter(Changed changed) {
        assertThat(EventCodec.read(changed.value()))
                .isInstanceOfSatisfying(Reading.UnknownType.class, unknown -> assertThat(unknown.wireName())
                        .matches("dev\\.tidemark\\..*"));
    }

    /** Somebody else's type is no newer one of ours, nor is anything with half an envelope. */
    @Test
    void whatIsNotOursIsOne() {
        for (String value : List.of(
                "{\"type\":\"com.example.pushed.v1\",\"id\":\"i\",\"source\":\"s\",\"time\":\"2026-11-22T09:30:00Z\","
                        + "\"correlationid\":\"c\"}",
                "{\"type\":\"dev.tidemark.something-new.v1\",\"id\":\"i\"}")) {
            assertThat(EventCodec.read(value.getBytes(UTF_8))).isInstanceOf(Reading.Undecodable.class);
        }
    }

    @Test
    void whoChangesAnEventKeepsWhatHeDoesNotUnderstand() {
        String text = one("policy-declared", What.MEMBERS).text().replace("\"semver\"", "\"of-tomorrow\"");
        Envelope<?> read = known(text.getBytes(UTF_8)).envelope();
        Event.PolicyDeclared policy = (Event.PolicyDeclared) read.event();
        var changed = Envelope.first(policy.suspend().withSequence(7), "test", Instant.EPOCH)
                .keeping(read);
        String written = new String(EventCodec.encode(changed), UTF_8);
        assertThat(written).contains("\"suspended\":true", "\"sequence\":7", "\"source\":\"test\"");
        assertThat(occurrences(written, "ofTomorrow")).isEqualTo(occurrences(text, "ofTomorrow"));
        assertThat(written).contains("\"rule\":\"of-tomorrow\"").contains("\"range\":");
    }

    @Test
    void whatIsChangedIsNotWhatItWas() {
        Envelope<?> read = known(one("branch-state", What.MEMBERS).value()).envelope();
        Event.BranchState state = (Event.BranchState) read.event();
        var next = new Event.BranchState(state.branch(), "abc", Map.of(), null, null, null);
        String written = new String(
                EventCodec.encode(Envelope.first(next, "test", Instant.EPOCH).keeping(read)), UTF_8);
        assertThat(written)
                .contains("\"head\":\"abc\"", "\"written\":{}", "ofTomorrow")
                .doesNotContain("problem", "nextTry", "causationid");
    }

    /** A stop that was lifted must not come back as one because its record held something new. */
    @Test
    void aConstantThatIsChangedIsNotTheOldOne() {
        Envelope<?> read =
                known(one("control-requested", What.CONSTANTS).value()).envelope();
        Event.ControlRequested asked = (Event.ControlRequested) read.event();
        var lifted = new Event.ControlRequested(asked.scope(), Event.ControlAction.LIFT, asked.who(), asked.why());
        assertThat(new String(
                        EventCodec.encode(
                                Envelope.first(lifted, "t", Instant.EPOCH).keeping(read)),
                        UTF_8))
                .contains("\"action\":\"LIFT\"");
    }

    private static Changed one(String sample, What what) {
        return Tomorrow.all()
                .filter(one -> one.sample().equals(sample) && one.what() == what)
                .findFirst()
                .orElseThrow();
    }

    private static int occurrences(String text, String part) {
        return text.split(quote(part), -1).length - 1;
    }

    private static Set<Class<?>> enumerations() {
        Set<Class<?>> seen = new HashSet<>();
        Arrays.stream(EventType.values()).forEach(type -> collect(type.dataClass(), seen));
        Set<Class<?>> enumerations = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
        seen.stream().filter(Class::isEnum).forEach(enumerations::add);
        return enumerations;
    }

    private static void collect(Type type, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, seen));
        } else if (type instanceof Class<?> known && seen.add(known)) {
            if (known.isRecord()) {
                Arrays.stream(known.getRecordComponents()).forEach(part -> collect(part.getGenericType(), seen));
            } else if (known.isSealed()) {
                Arrays.stream(known.getPermittedSubclasses()).forEach(kind -> collect(kind, seen));
            }
        }
    }

    private static List<Enum<?>> constants(Object value) {
        List<Enum<?>> found = new ArrayList<>();
        switch (value) {
            case Enum<?> constant -> found.add(constant);
            case Record inner -> {
                for (RecordComponent part : inner.getClass().getRecordComponents()) {
                    try {
                        Object member = part.getAccessor().invoke(inner);
                        found.addAll(member == null ? List.of() : constants(member));
                    } catch (ReflectiveOperationException e) {
                        throw new LinkageError(e.getMessage(), e);
                    }
                }
            }
            case List<?> list -> list.forEach(element -> found.addAll(constants(element)));
            case Map<?, ?> map -> map.values().forEach(element -> found.addAll(constants(element)));
            default -> {}
        }
        return found;
    }
}
