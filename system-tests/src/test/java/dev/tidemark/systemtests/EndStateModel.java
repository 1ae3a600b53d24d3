package dev.tidemark.systemtests;

import dev.tidemark.systemtests.EndState.App;
import dev.tidemark.systemtests.EndState.Branch;
import dev.tidemark.systemtests.EndState.Commit;
import dev.tidemark.systemtests.EndState.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What must be true when everything is healed and has come to rest, whatever happened before. */
final class EndStateModel {

    /**
     * Something that must not be.
     *
     * @param what the place and the values
     */
    record Violation(Rule rule, String what) {}

    enum Rule {
        /** The newest allowed tag is not what a branch shows. */
        MISSING_VERSION(true),
        /** The newest allowed tag is not what the object shows. */
        MISSING_OBJECT(true),
        /** A webhook was answered, and its tag is not in the log. */
        LOST_WEBHOOK(true),
        /** Neither {@code update-applied} nor {@code branch-state} names a commit. */
        UNKNOWN_COMMIT(true),
        NOT_READY(true),
        /** A commit wrote an older version than the one before. */
        DOWNGRADE(false),
        /** A version was written twice, or a commit changes nothing. */
        DUPLICATE_COMMIT(false),
        /** A branch wrote a version that no policy allowed or that nobody pushed. */
        FOREIGN_VERSION(false),
        /** A branch was somewhere that its history does not have. */
        REWRITTEN_HISTORY(false),
        /** A record was put aside that nobody damaged. */
        DEAD_LETTER(false);

        private final boolean mayHeal;

        Rule(boolean mayHeal) {
            this.mayHeal = mayHeal;
        }

        /** Whether time can mend it. */
        boolean mayHeal() {
            return mayHeal;
        }
    }

    private final String begin;
    private final List<Violation> found = new ArrayList<>();

    private EndStateModel(String begin) {
        this.begin = begin;
    }

    /** @param begin the version that every branch begins with */
    static List<Violation> violations(EndState state, String begin) {
        EndStateModel model = new EndStateModel(begin);
        state.branches().forEach((name, branch) -> model.judge(name, branch, state));
        state.apps().forEach(model::judgeObject);
        Set<Told> lost = new HashSet<>(state.answered());
        lost.removeAll(state.discovered());
        lost.forEach(told -> model.add(Rule.LOST_WEBHOOK, told.app() + ':' + told.tag()));
        state.notReady().forEach(replica -> model.add(Rule.NOT_READY, replica));
        if (state.deadLetters() > 0) {
            model.add(Rule.DEAD_LETTER, state.deadLetters() + " records");
        }
        return List.copyOf(model.found);
    }

    /** The newest tag that the app's policies allow. */
    static Optional<String> newest(App app) {
        return app.tags().stream()
                .flatMap(tag -> Version.of(tag).stream())
                .filter(version -> version.major() >= 1 && version.major() <= app.maxMajor())
                .max(Comparator.naturalOrder())
                .map(Version::toString);
    }

    private void judge(String name, Branch branch, EndState state) {
        Map<String, String> shown = new TreeMap<>();
        state.apps().keySet().forEach(app -> shown.put(app, begin));
        Set<String> written = new HashSet<>();
        Set<String> history = new HashSet<>();
        for (Commit commit : branch.commits()) {
            String place = name + ' ' + commit.id();
            history.add(commit.id());
            judgeChange(place, shown, commit, state);
            commit.message().lines().filter(line -> !line.isBlank()).forEach(line -> {
                if (!written.add(line)) {
                    add(Rule.DUPLICATE_COMMIT, place + " writes " + line + " again");
                }
            });
            if (!state.logged().contains(commit.id())) {
                add(Rule.UNKNOWN_COMMIT, place);
            }
            shown.putAll(commit.versions());
        }
        branch.heads().stream()
                .filter(head -> !history.contains(head))
                .forEach(head -> add(Rule.REWRITTEN_HISTORY, name + " was at " + head));
        state.apps().forEach((app, what) -> newest(what)
                .filter(newest -> !newest.equals(shown.get(app)))
                .ifPresent(newest ->
                        add(Rule.MISSING_VERSION, name + " shows " + app + ' ' + shown.get(app) + ", not " + newest)));
    }

    private void judgeChange(String place, Map<String, String> before, Commit commit, EndState state) {
        boolean changes = false;
        for (var entry : commit.versions().entrySet()) {
            String app = entry.getKey();
            String old = before.getOrDefault(app, begin);
            String now = entry.getValue();
            if (now.equals(old)) {
                continue;
            }
            changes = true;
            Optional<Version> version = Version.of(now);
            App known = state.apps().get(app);
            if (known == null
                    || version.isEmpty()
                    || !known.tags().contains(now)
                    || version.get().major() > known.maxMajor()) {
                add(Rule.FOREIGN_VERSION, place + " writes " + app + ' ' + now);
            } else if (Version.of(old).orElseThrow().compareTo(version.get()) > 0) {
                add(Rule.DOWNGRADE, place + " writes " + app + ' ' + now + " over " + old);
            }
        }
        if (!changes) {
            add(Rule.DUPLICATE_COMMIT, place + " changes nothing");
        }
    }

    private void judgeObject(String name, App app) {
        newest(app)
                .filter(newest -> !Optional.of(newest).equals(app.rendered()))
                .ifPresent(newest -> add(
                        Rule.MISSING_OBJECT,
                        "the object of " + name + " shows " + app.rendered().orElse("nothing") + ", not " + newest));
    }

    private void add(Rule rule, String what) {
        found.add(new Violation(rule, what));
    }
}
