package dev.tidemark.evaluator.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.evaluation.table.Deferred;
import dev.tidemark.evaluation.table.FeedState;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluation.table.KnownTag;
import dev.tidemark.evaluation.table.PendingTag;
import dev.tidemark.evaluation.table.PolicyState;
import dev.tidemark.evaluation.table.Stock;
import dev.tidemark.evaluation.table.Tables;
import dev.tidemark.evaluation.table.Tenure;
import dev.tidemark.evaluation.table.Wakeup;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event.DecisionOutcome;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.ScanOrder;
import dev.tidemark.events.ValueCodec;
import dev.tidemark.events.ValueCodec.Stored;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newer evaluator has put into a store is read as far as it goes, and put back with what is not understood. */
class StoresOfTomorrowTest {

    private static final String STATE = "{\"name\":\"ghcr.io/o/a\",\"selection\":[{\"tag\":\"1.0.0\",\"signed\":true}],"
            + "\"previous\":[],\"sequence\":7,\"said\":{\"outcome\":\"OF_TOMORROW\",\"reason\":\"R\",\"message\":\"m\"},"
            + "\"check\":{\"tag\":\"1.0.0\",\"purpose\":\"OF_TOMORROW\"},\"history\":[],\"awaits\":[],"
            + "\"promoted\":{\"from\":\"staging\"}}";

    @Test
    void everyEnumerationOfAStoreHasAConstantForThoseOfTomorrow() {
        Set<Class<?>> seen = new HashSet<>();
        collect(Tables.class, seen);
        assertThat(seen)
                .contains(
                        KnownTag.class,
                        PendingTag.class,
                        FeedState.class,
                        PolicyState.class,
                        Wakeup.class,
                        Deferred.class,
                        Tenure.class);
        assertThat(seen.stream().filter(Class::isEnum)).isNotEmpty().allSatisfy(type -> assertThat(
                        Arrays.stream(type.getEnumConstants()).map(Object::toString))
                .as(type.getName())
                .contains("UNKNOWN"));
    }

    private static void collect(Type type, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, seen));
        } else if (type instanceof Class<?> known && known.isRecord() && known != Envelope.class && seen.add(known)) {
            Arrays.stream(known.getRecordComponents()).forEach(part -> collect(part.getGenericType(), seen));
        } else if (type instanceof Class<?> constant && constant.isEnum()) {
            seen.add(constant);
        }
    }

    private static String put(Stored<PolicyState> stored) {
        return new String(new ValueCodec<>(PolicyState.class).write(stored), UTF_8);
    }

    static Stream<Record> values() {
        Wakeup wakeup = new Wakeup(Instant.EPOCH, "cause", "correlation", null);
        return Stream.of(
                new FeedState(
                        new ScanOrder(7, 3),
                        true,
                        2,
                        new FeedState.TakeOver("1.0.0", wakeup, 17L),
                        Stock.NONE.tidiedUpTo("1.0.0")),
                PolicyState.NONE.saying(new PolicyState.Said(DecisionOutcome.KEPT, "Succeeded", "1.0.0")),
                new Tenure(true, 3, Tenure.Stage.MOVED, new ImageName("ghcr.io/o/b")),
                wakeup,
                new Deferred("after", 5, wakeup));
    }

    /** In every object of every value; tags are packed, and another form of theirs is another store. */
    @ParameterizedTest
    @MethodSource("values")
    void membersOfTomorrowAreReadOverAndPutBack(Record value) {
        putBack(value);
    }

    private static <V> void putBack(V value) {
        @SuppressWarnings("unchecked")
        ValueCodec<V> codec = new ValueCodec<>((Class<V>) value.getClass());
        String newer = new String(codec.write(new Stored<>(value, null)), UTF_8)
                .replaceAll("\\{(?=\")", "{\"ofTomorrow\":{\"a\":[1,null]},");
        Stored<V> read = codec.read(newer.getBytes(UTF_8));
        assertThat(read.value()).isEqualTo(value);
        assertThat(new String(codec.write(read), UTF_8)).isEqualTo(newer);
    }

    @Test
    void whatIsPutBackUnchangedIsTheSameByteForByte() {
        Stored<PolicyState> read = new ValueCodec<>(PolicyState.class).read(STATE.getBytes(UTF_8));
        assertThat(read.value().sequence()).isEqualTo(7);
        assertThat(put(read)).isEqualTo(STATE);
    }

    @Test
    void whatIsChangedKeepsTheRest() {
        HeapTable<Stored<PolicyState>> store = new HeapTable<>();
        store.put("k", new ValueCodec<>(PolicyState.class).read(STATE.getBytes(UTF_8)));
        KeepingTable<PolicyState> table = new KeepingTable<>(store);
        PolicyState state = Objects.requireNonNull(table.get("k"));
        table.put("k", state.renumbered(8).checking(null));
        assertThat(put(Objects.requireNonNull(store.get("k"))))
                .contains("\"sequence\":8", "\"signed\":true", "\"promoted\":{\"from\":\"staging\"}", "\"OF_TOMORROW\"")
                .doesNotContain("purpose", "UNKNOWN");
        table.put("k", state.saying(null).selecting("ghcr.io/o/a", List.of(), 9, Instant.EPOCH));
        assertThat(put(Objects.requireNonNull(store.get("k"))))
                .contains("promoted")
                .doesNotContain("signed\":true}],\"seq", "UNKNOWN");
        assertThat(table.delete("k")).isNotNull();
        table.put("k", PolicyState.NONE);
        assertThat(put(Objects.requireNonNull(store.get("k")))).doesNotContain("promoted");
    }

    @Test
    void aTenureOfTomorrowIsRead() {
        byte[] bytes = "{\"held\":true,\"sequence\":3,\"stage\":\"OF_TOMORROW\"}".getBytes(UTF_8);
        assertThat(new ValueCodec<>(Tenure.class).read(bytes).value().isOfANewerBuild())
                .isTrue();
    }
}
