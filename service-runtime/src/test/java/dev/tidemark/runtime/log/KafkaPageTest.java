package dev.tidemark.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.runtime.log.AclList.Right;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** {@code docs/kafka.md} shows the rights as {@link AclList} has them. */
class KafkaPageTest {

    private static final Path PAGE = Path.of(System.getProperty("tidemark.root", ".."), "docs/kafka.md");
    private static final String BEGIN = "<!-- rights: made by KafkaPageTest -->\n";
    private static final String END = "<!-- end of rights -->\n";

    /** Run with {@code -Dtidemark.update-docs=true} to write them anew. */
    @Test
    void thePageShowsTheRightsAsTheCodeHasThem() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String rendered = page.substring(0, begin) + rendered() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("tidemark.update-docs")) {
            Files.writeString(PAGE, rendered);
        }
        assertThat(PAGE).content().isEqualTo(rendered);
    }

    @Test
    void aPrefixStandsBeforeEveryName() {
        for (LogUser user : LogUser.values()) {
            List<Right> prefixed = AclList.of(user, new TopicNames("team."));
            assertThat(prefixed).hasSameSizeAs(AclList.of(user, TopicNames.PLAIN));
            assertThat(prefixed).allMatch(right -> right.name().startsWith("team."));
        }
    }

    @Test
    void aRightIsSaidAsItIsTypedAndAsKafkaKeepsIt() {
        Right right = AclList.of(LogUser.POLICY_EVALUATOR, TopicNames.PLAIN).stream()
                .filter(one -> one.type() == ResourceType.TRANSACTIONAL_ID)
                .findFirst()
                .orElseThrow();
        assertThat(right.command("broker:9093", "User:evaluator"))
                .isEqualTo("kafka-acls.sh --bootstrap-server broker:9093 --add --allow-principal User:evaluator"
                        + " --operation Write --transactional-id policy-evaluator- --resource-pattern-type prefixed");
        assertThat(right.bindings("User:evaluator"))
                .singleElement()
                .hasToString("(pattern=ResourcePattern(resourceType=TRANSACTIONAL_ID, name=policy-evaluator-,"
                        + " patternType=PREFIXED), entry=(principal=User:evaluator, host=*, operation=WRITE,"
                        + " permissionType=ALLOW))");
    }

    private static String rendered() {
        StringBuilder text = new StringBuilder();
        for (LogUser user : LogUser.values()) {
            List<Right> rights = AclList.of(user, TopicNames.PLAIN);
            List<Right> making = AclList.toMakeTopics(user, TopicNames.PLAIN);
            text.append("\n### ")
                    .append(user.serviceName())
                    .append("\n\n| resource | name | operations |\n|---|---|---|\n");
            rights.forEach(right -> text.append(row(right, making)));
            text.append("\n```sh\n");
            String principal = "User:" + user.serviceName();
            byOperations(rights, principal).forEach((what, names) -> text.append(command(what, names)));
            text.append("\n# only where it makes its topics itself\n");
            byOperations(making, principal).forEach((what, names) -> text.append(command(what, names)));
            text.append("```\n");
        }
        return text + "\n";
    }

    private static String command(String what, List<String> names) {
        return names.size() == 1
                ? what.formatted(names.getFirst()) + '\n'
                : "for name in " + String.join(" ", names) + "; do\n  " + what.formatted("$name") + "\ndone\n";
    }

    private static String row(Right right, List<Right> making) {
        boolean isMade = making.stream().anyMatch(one -> one.name().equals(right.name()) && one.type() == right.type());
        return "| %s%s | `%s` | %s%s |\n"
                .formatted(
                        right.type().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        right.pattern() == PatternType.PREFIXED ? ", prefixed" : "",
                        right.name(),
                        right.operations().stream().map(Right::word).collect(Collectors.joining(", ")),
                        isMade ? " (" + Right.word(AclOperation.CREATE) + ')' : "");
    }

    /** Names that are given the same, so that the commands are few. */
    private static Map<String, List<String>> byOperations(List<Right> rights, String principal) {
        Map<String, List<String>> found = new TreeMap<>();
        for (Right right : rights) {
            Right any = new Right(right.type(), right.pattern(), "%s", right.operations());
            found.computeIfAbsent(any.command("$BROKER", principal), what -> new ArrayList<>())
                    .add(right.name());
        }
        return found;
    }
}
