package dev.tidemark.testkit.house;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule that the build enforces.
 *
 * @param name what must hold, as AGENTS.md says it
 * @param check finds what breaks the rule: one line each, the file first
 */
record HouseRule(String name, Function<SourceTree, Stream<String>> check) {

    List<String> violations(SourceTree tree) {
        return check.apply(tree).sorted().toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
