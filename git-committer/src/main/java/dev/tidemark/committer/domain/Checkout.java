package dev.tidemark.committer.domain;

import dev.tidemark.flux.GitRef;
import dev.tidemark.go.semver.Version;
import dev.tidemark.go.semver.VersionRange;
import dev.tidemark.policies.Parsed;
import dev.tidemark.policies.semver.Ranges;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is the base of a push branch that does not exist yet (flux-git-based 8; the first member that is set wins). */
public sealed interface Checkout extends Comparable<Checkout> {

    /** What the heads of a clone call it; of a ref its full name. */
    String key();

    /** What revisions and messages call it. */
    String label();

    @Override
    default int compareTo(Checkout other) {
        return key().compareTo(other.key());
    }

    /** @param name full name of a ref */
    record Ref(String name) implements Checkout {
        @Override
        public String key() {
            return name;
        }

        @Override
        public String label() {
            return name.replaceFirst("^refs/(heads|tags)/", "");
        }
    }

    /**
     * @param id in full
     * @param branch the branch that has to contain it; null for any
     */
    record Commit(String id, @Nullable String branch) implements Checkout {
        @Override
        public String key() {
            return branch == null ? id : id + " of " + branch;
        }

        @Override
        public String label() {
            return branch == null ? "HEAD" : branch;
        }
    }

    /**
     * The highest tag in a range.
     *
     * @param text as it is written
     */
    record Range(String text, VersionRange range) implements Checkout {
        @Override
        public String key() {
            return "tag in " + text;
        }

        @Override
        public String label() {
            return text;
        }

        /** The best of some tags: one, or several that rank alike; none if the range has none. */
        public List<String> best(Collection<String> tags) {
            Optional<Version> highest =
                    tags.stream().flatMap(tag -> version(tag).stream()).max(Version.PRECEDENCE);
            return highest.map(version -> tags.stream()
                            .filter(tag -> version(tag)
                                    .filter(one -> Version.PRECEDENCE.compare(one, version) == 0)
                                    .isPresent())
                            .sorted(Comparator.reverseOrder())
                            .limit(MAX_TIES)
                            .toList())
                    .orElse(List.of());
        }

        private Optional<Version> version(String tag) {
            return Version.parseTag(tag).filter(range::contains);
        }
    }

    /** Tags that differ in their build metadata alone; who has more of them has the latest among the last in order. */
    int MAX_TIES = 100;

    /** SHA-1: no forge has repositories of SHA-256, and JGit does not read them. */
    Pattern ID = Pattern.compile("[0-9a-f]{40}");

    /** A branch that nobody named: Flux does not ask the remote for its HEAD. */
    String DEFAULT_BRANCH = "master";

    /** Reads what a GitRepository or an automation says; null for nothing. */
    static Parsed<Checkout> of(@Nullable GitRef ref) {
        if (ref == null) {
            return Parsed.of(new Ref("refs/heads/" + DEFAULT_BRANCH));
        }
        String branch = given(ref.branch());
        String commit = given(ref.commit());
        if (commit != null) {
            return commit(commit, branch);
        }
        String name = given(ref.name());
        if (name != null) {
            return named("", name);
        }
        String tag = given(ref.tag());
        if (tag != null) {
            return named("refs/tags/", tag);
        }
        String semver = given(ref.semver());
        if (semver != null) {
            return Ranges.parse(semver).map(range -> new Range(semver, range));
        }
        return named("refs/heads/", branch == null ? DEFAULT_BRANCH : branch);
    }

    private static Parsed<Checkout> commit(String id, @Nullable String branch) {
        if (!ID.matcher(id).matches()) {
            return Parsed.malformed("'" + Printable.text(id) + "' is no id of a commit: write all of its 40 digits");
        }
        return branch == null
                ? Parsed.of(new Commit(id, null))
                : named("refs/heads/", branch).map(valid -> new Commit(id, branch));
    }

    private static Parsed<Checkout> named(String prefix, String name) {
        Optional<String> problem = RefNames.problem(name);
        return problem.isEmpty()
                ? Parsed.of(new Ref(prefix + name))
                : Parsed.malformed(
                        "'" + Printable.text(name) + "' is no name of a branch, tag or ref: " + problem.get());
    }

    /** In YAML an empty text is as good as none. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
