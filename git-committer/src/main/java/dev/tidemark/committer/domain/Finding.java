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
            return Printable.text(path) + ":" + line + ": marker \"" + Printable.text(marker) + "\" is ignored: " + why;
        }
    }

    /** What a branch holds is higher than what is selected, and the log does not know how it got there. */
    record UnconfirmedTag(String path, String setter, String tag, String selected) implements Finding {
        @Override
        public String text() {
            return Printable.text(path) + " has " + tag + " for " + setter + ", and " + selected
                    + " is selected: nothing lower is written until the registry confirms that " + tag + " is gone";
        }
    }

    /**
     * A file with markers that is left as it is (flux-git-based 17.1: upstream says nothing).
     *
     * @param line where the problem is; 0 if it is the whole file
     */
    record SkippedFile(String path, int line, String why) implements Finding {
        @Override
        public String text() {
            return line == 0
                    ? Printable.text(path) + " is skipped: " + Printable.text(why)
                    : Printable.text(path) + ":" + line + ": " + Printable.text(why) + "; the file is skipped";
        }
    }
}
