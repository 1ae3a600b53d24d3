package dev.tidemark.flux.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.flux.FluxJson;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.schema.Schemas;
import dev.tidemark.flux.schema.Shape;
import dev.tidemark.flux.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of every kind a manifest with every field there is; then each field is misspelt, or holds something else. */
class ManifestStrictnessTest {

    private static final long SEED = 11;

    /** What no message may show: names of types, packages, exceptions. */
    private static final Pattern JAVA = Pattern.compile(
            "\\b(?:java|javax|com|org|dev)\\.[a-z]+\\.|\\b\\w+(?:Exception|Error|Node|Map|Impl)\\b|\\w\\[\\]|\\bString\\b"
                    + "|\\bInteger\\b|\\bBoolean\\b|\\bDuration\\b|\\bURI\\b|\\bnull\\b");

    private final Random random = new Random(SEED);

    static List<Kind<?>> kinds() {
        return Kinds.all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMisspeltFieldIsNeverSilent(Kind<?> kind) {
        visit(full(kind), Schemas.of(kind), "", (owner, name) -> {
            JsonNode value = owner.remove(name);
            String wrong = misspelt(name, owner);
            owner.set(wrong, value);
        });
    }

    /** Everything that a field may not hold, one at a time. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aFieldOfAnotherTypeIsNeverSilent(Kind<?> kind) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        for (JsonNode other : List.of(
                json.numberNode(1.10),
                json.booleanNode(true),
                json.textNode("\u2022"),
                json.arrayNode(),
                json.objectNode())) {
            visit(full(kind), Schemas.of(kind), "", (owner, name) -> owner.set(name, other));
        }
    }

    private void visit(ObjectNode root, Shape shape, String path, BiConsumer<ObjectNode, String> change) {
        List<String[]> fields = new ArrayList<>();
        collect(shape, "", fields);
        for (String[] field : fields) {
            ObjectNode object = root.deepCopy();
            if (!(object.at(field[0]) instanceof ObjectNode owner)) {
                throw new AssertionError("the sample lacks " + field[0]);
            }
            JsonNode before = owner.get(field[1]);
            change.accept(owner, field[1]);
            if (before.equals(owner.get(field[1])) || sameType(before, owner.get(field[1]))) {
                continue;
            }
            List<Problem> problems = read(object);
            assertThat(problems)
                    .as("%s/%s%s in %s", field[0], field[1], path, object)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.message()).doesNotContainPattern(JAVA));
        }
    }

    private static boolean sameType(JsonNode before, JsonNode after) {
        return after != null && before.getNodeType() == after.getNodeType();
    }

    /** Pointer to the owner, and name, of each field whose value the definition knows. */
    private static void collect(Shape shape, String pointer, List<String[]> fields) {
        switch (shape) {
            case Shape.Members members ->
                members.members().forEach((name, member) -> {
                    if (!(member.shape() instanceof Shape.Anything)) {
                        fields.add(new String[] {pointer, name});
                        collect(member.shape(), pointer + '/' + name, fields);
                    }
                });
            case Shape.Items items -> collect(items.item(), pointer + "/0", fields);
            case Shape.Entries entries -> {}
            case Shape.Text text -> {}
            case Shape.Length length -> {}
            case Shape.Base64Text base64 -> {}
            case Shape.Flag flag -> {}
            case Shape.Whole whole -> {}
            case Shape.Anything anything -> {}
        }
    }

    private static ObjectNode full(Kind<?> kind) {
        ObjectNode object = (ObjectNode) sample(Schemas.of(kind));
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.name());
        return object;
    }

    private static JsonNode sample(Shape shape) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (shape) {
            case Shape.Text text ->
                json.textNode(
                        !text.allowed().isEmpty()
                                ? text.allowed().getFirst()
                                : text.hint().contains("://") ? "https://host.example/x" : "x");
            case Shape.Length length -> json.textNode("5m");
            case Shape.Base64Text base64 -> json.textNode("Ym90");
            case Shape.Flag flag -> json.booleanNode(false);
            case Shape.Whole whole -> json.numberNode(5);
            case Shape.Anything anything -> json.textNode("x");
            case Shape.Items items -> {
                ArrayNode array = json.arrayNode();
                array.add(sample(items.item()));
                yield array;
            }
            case Shape.Entries entries -> {
                ObjectNode object = json.objectNode();
                object.set("key", sample(entries.value()));
                yield object;
            }
            case Shape.Members members -> {
                ObjectNode object = json.objectNode();
                for (Map.Entry<String, Shape.Member> member : members.members().entrySet()) {
                    object.set(member.getKey(), sample(member.getValue().shape()));
                }
                yield object;
            }
        };
    }

    private String misspelt(String name, ObjectNode owner) {
        String wrong = name;
        while (wrong.equals(name) || owner.has(wrong)) {
            int at = random.nextInt(name.length());
            wrong = switch (random.nextInt(4)) {
                case 0 -> name.substring(0, at) + name.substring(at + 1);
                case 1 -> name.substring(0, at) + 'x' + name.substring(at);
                case 2 -> name + 's';
                default -> name.toUpperCase(java.util.Locale.ROOT);
            };
        }
        return wrong;
    }

    private static List<Problem> read(ObjectNode object) {
        try {
            return ManifestReader.read("all.json", FluxJson.json().writeValueAsString(object), false)
                    .problems();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
