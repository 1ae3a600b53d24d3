package dev.tidemark.policies.select;

import dev.tidemark.go.semver.Version;
import dev.tidemark.go.semver.VersionRange;
import dev.tidemark.policies.Utf8Order;
import java.util.Optional;

/** The highest version in range; versions that rank alike: the value with the greatest bytes (spec 10.1). */
record SemverRanking(VersionRange range) implements Ranking<Version> {

    @Override
    public Reading<Version> read(String value) {
        Optional<Version> version = key(value);
        if (version.isEmpty()) {
            return new Reading.Unfit<>(Verdict.NOT_A_VERSION);
        }
        if (range.contains(version.get())) {
            return new Reading.Fits<>(version.get());
        }
        return new Reading.Unfit<>(
                range.judge(version.get()) == VersionRange.Verdict.PRE_RELEASE_NOT_WANTED
                        ? Verdict.PRE_RELEASE_NOT_WANTED
                        : Verdict.OUT_OF_RANGE);
    }

    @Override
    public Optional<Version> key(String value) {
        return Version.parseTag(value);
    }

    @Override
    public int compare(Version first, Version second) {
        return Version.PRECEDENCE.compare(first, second);
    }

    @Override
    public int preferAmongEqual(String firstValue, String secondValue) {
        return Utf8Order.ASCENDING.compare(firstValue, secondValue);
    }
}
