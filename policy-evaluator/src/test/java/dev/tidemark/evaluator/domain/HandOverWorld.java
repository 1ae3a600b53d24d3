package dev.tidemark.evaluator.domain;

import dev.tidemark.evaluation.DecisionPublisher;
import dev.tidemark.evaluation.PolicyEvaluation;
import dev.tidemark.evaluation.Tenures;
import dev.tidemark.evaluation.Withdrawal;
import dev.tidemark.evaluation.declare.WantedPolicy;
import dev.tidemark.evaluation.table.HeapTable;
import dev.tidemark.evaluator.domain.Declarations.Logged;
import dev.tidemark.events.Envelope;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDeclared;
import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.events.Keys;
import dev.tidemark.events.PolicyHandedOver;
import dev.tidemark.events.PolicyRule;
import dev.tidemark.events.Scan;
import dev.tidemark.events.TagFilter;
import dev.tidemark.events.Target;
import dev.tidemark.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A log in memory with a partition for each image, its declarer and its task; one policy moves between them. */
final class HandOverWorld {

    private static final int IMAGES = 4;
    private static final Target TARGET = Target.parse("local/ImagePolicy/apps/app");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** Far more than anything here needs: what takes longer goes round in circles. */
    private static final int ROUNDS = 300;

    private final Random random;
    private final List<Part> parts = new ArrayList<>();
    private final List<Selection> selections = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private boolean losing;
    private Instant now = NOW;

    /** The image that the resources name; empty while the policy is deleted. */
    private Optional<ImageName> truth = Optional.empty();

    /** What was written for the policy, by the partition of this image. */
    record Selection(ImageName image, long sequence, List<String> tags) {
        boolean isTombstone() {
            return tags.isEmpty();
        }
    }

    private record Written(String key, @Nullable PolicyDeclared policy, Map<String, String> headers) {}

    HandOverWorld(Random random) {
        this.random = random;
        for (int number = 0; number < IMAGES; number++) {
            parts.add(new Part(number));
        }
    }

    /** A planted fault: nobody hears that he may write, so everybody may. */
    void loseHandOvers() {
        losing = true;
    }

    /** Something happens somewhere. */
    void step(boolean edit) {
        if (edit) {
            edit();
            return;
        }
        Part part = parts.get(random.nextInt(IMAGES));
        switch (random.nextInt(8)) {
            case 0 -> part.view = truth;
            case 1 -> part.compare();
            case 2 -> part.append();
            case 3 -> part.push();
            default -> part.read();
        }
    }

    void edit() {
        truth = random.nextInt(5) == 0 ? Optional.empty() : Optional.of(parts.get(random.nextInt(IMAGES)).image);
    }

    /** All who declare see what the resources say, and write it until nothing is left to write. */
    void declare() {
        boolean more = true;
        for (int round = 0; round < ROUNDS && more; round++) {
            more = false;
            for (Part part : parts) {
                part.view = truth;
                part.compare();
                more |= part.append();
            }
        }
        if (more) {
            throw new AssertionError("declarations never end");
        }
    }

    /** Nobody is away any more. */
    void settle() {
        int idle = 0;
        for (int round = 0; round < ROUNDS && idle < 2; round++) {
            declare();
            now = now.plus(Tenures.REST);
            boolean any = false;
            for (Part part : parts) {
                part.task.wake();
                any |= part.read();
            }
            idle = any ? 0 : idle + 1;
        }
        if (idle < 2) {
            throw new AssertionError("hand-overs never end");
        }
    }

    List<Selection> selections() {
        return selections;
    }

    List<String> writtenAfterLettingGo() {
        return late;
    }

    /** What consumers see in the end. */
    Optional<Selection> inForce() {
        return selections.isEmpty() || selections.getLast().isTombstone()
                ? Optional.empty()
                : Optional.of(new Selection(
                        selections.getLast().image(), 0, selections.getLast().tags()));
    }

    /** What they should see. */
    Optional<Selection> wanted() {
        return truth.map(image -> parts.stream()
                .filter(part -> part.image.equals(image))
                .map(part -> new Selection(image, 0, List.of(part.newest())))
                .findFirst()
                .orElseThrow());
    }

    private Map<Target, TargetHistory> histories(Set<Target> targets) {
        TargetHistory history = TargetHistory.NONE;
        for (Part part : parts) {
            for (Written record : part.declarations) {
                history = record.policy() == null
                        ? history.withdrawn(part.image, Withdrawal.of(record.headers()))
                        : history.declared(part.image, record.policy().sequence());
            }
        }
        for (Selection selection : selections) {
            history = history.selected(selection.sequence());
        }
        return Map.of(TARGET, history);
    }

    /** A partition of every topic that follows the image. */
    private final class Part implements DecisionPublisher {

        private final ImageName image;
        private final Feed feed;
        private final List<Written> declarations = new ArrayList<>();
        private final List<Envelope<?>> handOvers = new ArrayList<>();
        private final PolicyEvaluation task = new PolicyEvaluation(HeapTable.tables(), this, () -> now, "test");
        private int declarationsRead;
        private int handOversRead;
        private int tags;
        private boolean letGo;
        private Optional<ImageName> view = Optional.empty();
        private List<Declarations.Publication> planned = List.of();

        Part(int number) {
            this.image = new ImageName("ghcr.io/my-org/app-" + number);
            this.feed = new Feed(image, "");
            task.apply(Envelope.first(
                    new Event.ScanCompleted(feed, new Scan("scan", NOW), 0, 0, 0, "checksum"), "test", NOW));
            push();
        }

        String newest() {
            return "1." + tags + ".0";
        }

        void push() {
            tags++;
            task.apply(Envelope.first(
                    new Event.TagDiscovered(feed, newest(), null, new Scan("scan", NOW), Event.Scope.TAG, NOW),
                    "test",
                    NOW));
        }

        /** Compares the log with the resources as they were seen last; what is to be written is written later. */
        void compare() {
            Map<String, PolicyDeclared> declared = new TreeMap<>();
            Map<String, Withdrawal> withdrawn = new TreeMap<>();
            for (Written record : declarations) {
                declared.remove(record.key());
                withdrawn.remove(record.key());
                if (record.policy() == null) {
                    withdrawn.put(record.key(), Withdrawal.of(record.headers()));
                } else {
                    declared.put(record.key(), record.policy());
                }
            }
            WantedPolicy wanted = view.map(HandOverWorld::policy)
                    .<WantedPolicy>map(WantedPolicy.Declares::new)
                    .orElseGet(WantedPolicy.Nothing::new);
            planned = Declarations.plan(
                            new Logged(declared, withdrawn),
                            Map.of(TARGET, wanted),
                            image::equals,
                            HandOverWorld.this::histories)
                    .publications();
        }

        boolean append() {
            boolean any = !planned.isEmpty();
            for (Declarations.Publication publication : planned) {
                declarations.add(
                        switch (publication) {
                            case Declarations.Publication.Declare(PolicyDeclared policy) ->
                                new Written(
                                        Keys.declared(policy.image(), policy.target()),
                                        losing ? policy.following(null, policy.after()) : policy,
                                        Map.of());
                            case Declarations.Publication.Withdraw(String key, Withdrawal why) ->
                                new Written(key, null, why.headers());
                        });
            }
            planned = List.of();
            return any;
        }

        /** The task reads the next record of one of its topics. */
        boolean read() {
            boolean moreDeclarations = declarationsRead < declarations.size();
            boolean moreHandOvers = handOversRead < handOvers.size();
            if (!moreDeclarations && !moreHandOvers) {
                return false;
            }
            if (moreDeclarations && (!moreHandOvers || random.nextBoolean())) {
                Written record = declarations.get(declarationsRead++);
                if (record.policy() == null) {
                    task.withdraw(record.key(), Withdrawal.of(record.headers()));
                } else {
                    letGo = false;
                    task.apply(Envelope.first(record.policy(), "test", NOW));
                }
            } else {
                letGo = false;
                task.apply(handOvers.get(handOversRead++));
            }
            return true;
        }

        @Override
        public void publish(Envelope<? extends Event> envelope) {
            switch (envelope.event()) {
                case Event.TagSelected selected ->
                    write(new Selection(
                            image,
                            selected.sequence(),
                            selected.tags().stream().map(tag -> tag.tag()).toList()));
                case PolicyHandedOver event -> {
                    letGo = true;
                    parts.stream()
                            .filter(part -> !losing && part.image.equals(event.image()))
                            .forEach(part -> part.handOvers.add(envelope));
                }
                default -> {}
            }
        }

        @Override
        public void tombstone(Topic topic, String key) {
            if (topic == Topic.TAG_SELECTED) {
                write(new Selection(image, 0, List.of()));
            }
        }

        private void write(Selection selection) {
            if (letGo) {
                late.add(selection.toString());
            }
            selections.add(selection);
        }
    }

    private static PolicyDeclared policy(ImageName image) {
        Feed feed = new Feed(image, "");
        return new PolicyDeclared(
                image,
                TARGET,
                feed,
                image.text(),
                new PolicyRule.Semver("1.x"),
                TagFilter.NONE,
                "Never",
                List.of(),
                Map.of(),
                "uid",
                "1",
                0,
                false);
    }
}
