package dev.tidemark.benchmarks.bench.cases;

import dev.tidemark.benchmarks.bench.rig.Apps;
import dev.tidemark.benchmarks.bench.rig.Repository;

/** The two repositories of the cases with Git. */
final class Repositories {

    private static final int OTHER_FILES = 5_000;

    private Repositories() {}

    /** 5,000 files beside those that are written. A version of them is 5 MB. */
    static Repository.Others large(Scale scale) {
        return new Repository.Others(OTHER_FILES, scale.of(10, 1));
    }

    static String kind(Repository.Others others) {
        return others.files() == 0 ? "" : "; a large repository";
    }

    static String words(Apps apps, Repository.Others others) {
        int files = apps.count() + others.files();
        return "a repository of " + Count.of(files, "file")
                + (others.versions() == 0 ? "" : " in " + Count.of(others.versions(), "version"));
    }
}
