package dev.tidemark.systemtests;

import dev.tidemark.systemtests.EndState.App;
import dev.tidemark.systemtests.EndState.Branch;
import dev.tidemark.systemtests.EndState.Commit;
import dev.tidemark.systemtests.EndState.Image;
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
        /** The newest allowed tag of the repository that is followed is not what a branch shows. */
        MISSING_VERSION(true),
        /** The newest allowed tag is not what the object shows. */
        MISSING_OBJECT(true),
        /** A webhook was answered, and its tag is not in the log. */
        LOST_WEBHOOK(true),
        /** {@code update-applied} does not name a commit. */
        UNKNOWN_COMMIT(true),
        NOT_READY(true),
        /** A commit wrote an older version than the one before. */
        DOWNGRADE(false),
        /** A version was written twice, or a commit changes nothing. */
        DUPLICATE_COMMIT(false),
        /** A branch wrote a version that no policy allowed or that nobody pushed. */
        FOREIGN_VERSION(false),
        /** A branch went back to a repository that the policy had left for good. */
        LEFT_REPOSITORY(false),
        /** A selection of a target has no higher sequence than the one before. */
        SEQUENCE(false),
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
        state.sequences().forEach(model::judgeSequences);
        Set<Told> lost = new HashSet<>(state.answered());
        lost.removeAll(state.discovered());
        lost.forEach(told -> model.add(Rule.LOST_WEBHOOK, told.repository() + ':' + told.tag()));
        state.notReady().forEach(replica -> model.add(Rule.NOT_READY, replica));
        if (state.deadLetters() > 0) {
            model.add(Rule.DEAD_LETTER, state.deadLetters() + " records");
        }
        return List.copyOf(model.found);
    }

    /** The newest tag that the app's policies allow, of the repository that they follow. */
    static Optional<String> newest(App app) {
        return app.tags().getOrDefault(app.follows(), Set.of()).stream()
                .flatMap(tag -> Version.of(tag).stream())
                .filter(version -> version.major() >= 1 && version.major() <= app.maxMajor())
                .max(Comparator.naturalOrder())
                .map(Version::toString);
    }

    private void judge(String name, Branch branch, EndState state) {
        Map<String, Shown> shown = new TreeMap<>();
        state.apps().forEach((app, known) -> shown.put(app, new Shown(known, begin)));
        Set<String> history = new HashSet<>();
        for (Commit commit : branch.commits()) {
            String place = name + ' ' + commit.id();
            history.add(commit.id());
            judgeChange(place, shown, commit);
            if (!state.applied().contains(commit.id())) {
                add(Rule.UNKNOWN_COMMIT, place);
            }
        }
        branch.heads().stream()
                .filter(head -> !history.contains(head))
                .forEach(head -> add(Rule.REWRITTEN_HISTORY, name + " was at " + head));
        shown.values().forEach(now -> newest(now.app)
                .map(newest -> new Image(now.app.follows(), newest))
                .filter(newest -> !newest.equals(now.image))
                .ifPresent(newest -> add(Rule.MISSING_VERSION, name + " shows " + now.image + ", not " + newest)));
    }

    /**
     * What a branch shows of an app, and which repository its policies followed when that was written, at the earliest. A
     * policy that comes back to a repository begins anew there: it may write what was written before it left.
     */
    private static final class Shown {

        private final App app;
        private final Set<String> written = new HashSet<>();
        private Image image;
        private int stay;

        private Shown(App app, String begin) {
            this.app = app;
            this.image = new Image(app.followed().getFirst(), begin);
        }

        /** Whether the line was not written in this stay, or there was another one. */
        private boolean notes(String line, String repository) {
            return written.add(line) || (movesTo(repository) && written.add(line));
        }

        /** Whether the policies followed the repository once more after this stay; then that is the stay from now on. */
        private boolean movesTo(String repository) {
            for (int later = stay + 1; later < app.followed().size(); later++) {
                if (app.followed().get(later).equals(repository)) {
                    stay = later;
                    written.clear();
                    return true;
                }
            }
            return false;
        }
    }

    private void judgeChange(String place, Map<String, Shown> all, Commit commit) {
        boolean changes = false;
        for (var entry : commit.images().entrySet()) {
            String app = entry.getKey();
            Image now = entry.getValue();
            Shown shown = all.get(app);
            if (shown == null) {
                add(Rule.FOREIGN_VERSION, place + " writes " + now + " for " + app);
            } else if (!now.equals(shown.image)) {
                changes = true;
                judgeVersion(place, shown, now);
                shown.image = now;
            }
        }
        if (!changes) {
            add(Rule.DUPLICATE_COMMIT, place + " changes nothing");
        }
        commit.message().lines().filter(line -> !line.isBlank()).forEach(line -> {
            String repository = line.substring(line.lastIndexOf('/') + 1, line.lastIndexOf(':'));
            boolean anew = all.values().stream()
                    .filter(shown -> shown.image.repository().equals(repository))
                    .allMatch(shown -> shown.notes(line, repository));
            if (!anew) {
                add(Rule.DUPLICATE_COMMIT, place + " writes " + line + " again");
            }
        });
    }

    private void judgeVersion(String place, Shown shown, Image now) {
        Optional<Version> version = Version.of(now.version());
        String writes = place + " writes " + now;
        if (version.isEmpty()
                || version.get().major() > shown.app.maxMajor()
                || !shown.app.tags().getOrDefault(now.repository(), Set.of()).contains(now.version())) {
            add(Rule.FOREIGN_VERSION, writes);
        } else if (!now.repository().equals(shown.image.repository())) {
            if (!shown.movesTo(now.repository())) {
                add(Rule.LEFT_REPOSITORY, writes + " over " + shown.image);
            }
        } else if (Version.of(shown.image.version()).orElseThrow().compareTo(version.get()) > 0
                && !shown.movesTo(now.repository())) {
            add(Rule.DOWNGRADE, writes + " over " + shown.image.version());
        }
    }

    private void judgeSequences(String target, List<Long> sequences) {
        for (int i = 1; i < sequences.size(); i++) {
            if (sequences.get(i) <= sequences.get(i - 1)) {
                add(Rule.SEQUENCE, target + " has " + sequences.get(i) + " behind " + sequences.get(i - 1));
            }
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
