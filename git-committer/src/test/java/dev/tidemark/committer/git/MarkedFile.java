package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.CommitText;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.TreeUpdate;
import dev.tidemark.committer.setters.YamlSetters;
import dev.tidemark.flux.ImageRef;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file {@code apps/web.yaml} with one marker, and commits that move its tag. */
final class MarkedFile {

    static final String TEXT = "tag: v1 # {\"$imagepolicy\": \"apps:web:tag\"}\n";

    private MarkedFile() {}

    /** Edits the marked tag on top of a commit. */
    static String edited(BareClone clone, String parent, String tag) {
        return edited(clone, parent, tag, null);
    }

    /** The same, signed. */
    static String edited(BareClone clone, String parent, String tag, @Nullable CommitSigner signer) {
        TreeUpdate update = new YamlSetters()
                .apply(
                        clone.tree(parent),
                        "./apps",
                        "apps",
                        List.of(new Policy("apps", "web", new ImageRef("ghcr.io/acme/web", tag, null))));
        return clone.commit(
                parent,
                update.contents(),
                new CommitText(
                        new CommitText.Author("bot", "bot@example.org"),
                        ZonedDateTime.parse("2026-11-22T10:00:00+01:00"),
                        "update to " + tag,
                        "local/ImagePolicy/apps/web@" + tag.substring(1),
                        "apps/auto"),
                signer);
    }
}
