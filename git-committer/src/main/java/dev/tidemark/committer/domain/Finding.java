package dev.tidemark.committer.domain;

/** Something met while looking for markers that explains why a line did not change. */
public sealed interface Finding {

    /** Path from the root of the repository. */
    String path();

    /** One sentence for a person. */
    String text();

    /** A marker that names no policy of the run (flux-git-based 16.2: upstream says nothing). */
    record IgnoredMarker(String path, int line, String marker, String why) implements Finding {
        @Override
        public String text() {
            return path + ":" + line + ": marker \"" + marker + "\" is ignored: " + why;
        }
    }

    /** A file with markers that cannot be edited as YAML (flux-git-based 17.1: upstream says nothing). */
    record SkippedFile(String path, String why) implements Finding {
        @Override
        public String text() {
            return path + " is skipped: " + why;
        }
    }
}
