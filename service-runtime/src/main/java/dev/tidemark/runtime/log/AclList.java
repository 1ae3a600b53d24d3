package dev.tidemark.runtime.log;

import dev.tidemark.events.Topic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What the user of each service must be allowed on a broker with an authorizer, and no more. {@code docs/kafka.md} shows
 * it; a test gives each service exactly this.
 */
public final class AclList {

    private AclList() {}

    /**
     * What one user may do with one resource.
     *
     * @param pattern literal, or prefixed
     * @param operations those that others imply are left out: reading and writing imply Describe
     */
    public record Right(ResourceType type, PatternType pattern, String name, Set<AclOperation> operations) {

        /** Kafka's own form, one for each operation. */
        public List<AclBinding> bindings(String principal) {
            var resource = new ResourcePattern(type, name, pattern);
            return operations.stream()
                    .map(operation -> new AclBinding(
                            resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
                    .toList();
        }

        /** What gives it, for who may. */
        public String command(String bootstrapServers, String principal) {
            return "kafka-acls.sh --bootstrap-server " + bootstrapServers + " --add --allow-principal " + principal
                    + operations.stream()
                            .map(operation -> " --operation " + word(operation))
                            .collect(Collectors.joining())
                    + " --" + option() + ' ' + name
                    + (pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
        }

        private String option() {
            return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** {@code DESCRIBE_CONFIGS} is {@code DescribeConfigs} to the tool. */
        public static String word(Enum<?> constant) {
            StringBuilder word = new StringBuilder();
            for (String part : constant.name().split("_", -1)) {
                word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
            }
            return word.toString();
        }
    }

    /** What a service needs whose topics are there. */
    public static List<Right> of(LogUser user, TopicNames names) {
        List<Right> rights = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            Set<AclOperation> operations = EnumSet.noneOf(AclOperation.class);
            if (user.reads(topic)) {
                operations.add(AclOperation.READ);
            }
            if (user.writes(topic)) {
                operations.add(AclOperation.WRITE);
            }
            if (!operations.isEmpty()) {
                operations.add(AclOperation.DESCRIBE_CONFIGS);
                rights.add(literal(ResourceType.TOPIC, names.name(topic), operations));
            }
            Set<AclOperation> letters = ofDeadLetters(user, topic);
            if (!letters.isEmpty()) {
                rights.add(literal(ResourceType.TOPIC, names.deadLetters(topic), letters));
            }
        }
        for (String group : user.groups()) {
            rights.add(literal(ResourceType.GROUP, names.group(group), EnumSet.of(AclOperation.READ)));
            if (user.isTopology(group)) {
                rights.add(changelogs(
                        names,
                        group,
                        EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS)));
                rights.add(new Right(
                        ResourceType.TRANSACTIONAL_ID,
                        PatternType.PREFIXED,
                        names.group(group) + '-',
                        EnumSet.of(AclOperation.WRITE)));
            }
        }
        return rights;
    }

    private static Set<AclOperation> ofDeadLetters(LogUser user, Topic topic) {
        Set<AclOperation> operations = EnumSet.noneOf(AclOperation.class);
        if (user.readsDeadLetters()) {
            operations.add(AclOperation.READ);
        }
        if (user.putsAside(topic)) {
            operations.add(AclOperation.WRITE);
        } else if (user.keepsDeadLetters(topic) && !user.readsDeadLetters()) {
            operations.add(AclOperation.DESCRIBE);
        }
        if (user.keepsDeadLetters(topic)) {
            operations.add(AclOperation.DESCRIBE_CONFIGS);
        }
        return operations;
    }

    /** What a service needs besides that makes its topics itself. */
    public static List<Right> toMakeTopics(LogUser user, TopicNames names) {
        List<Right> rights = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (user.reads(topic) || user.writes(topic)) {
                rights.add(literal(ResourceType.TOPIC, names.name(topic), EnumSet.of(AclOperation.CREATE)));
            }
            if (user.keepsDeadLetters(topic)) {
                rights.add(literal(ResourceType.TOPIC, names.deadLetters(topic), EnumSet.of(AclOperation.CREATE)));
            }
        }
        user.groups().stream()
                .filter(user::isTopology)
                .forEach(group -> rights.add(changelogs(names, group, EnumSet.of(AclOperation.CREATE))));
        return rights;
    }

    /** Streams calls them by its application and the store. */
    private static Right changelogs(TopicNames names, String group, Set<AclOperation> operations) {
        return new Right(ResourceType.TOPIC, PatternType.PREFIXED, names.group(group) + '-', operations);
    }

    private static Right literal(ResourceType type, String name, Set<AclOperation> operations) {
        return new Right(type, PatternType.LITERAL, name, operations);
    }
}
