package dev.tidemark.flux.folder;

import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.view.ObjectEdits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** What people change, in the state folder: the services see it at once, or when they start. */
public final class FolderEdits implements ObjectEdits {

    private final StateFiles state;
    private final Overrides overrides;

    /** @param state the state folder */
    public FolderEdits(Path state) {
        this.state = new StateFiles(state);
        this.overrides = new Overrides(this.state.overrides());
    }

    @Override
    public void annotate(ResourceId id, Map<String, String> annotations) {
        overrides.annotate(id, annotations);
    }

    @Override
    public void withdraw(ResourceId id, String annotation) {
        overrides.withdraw(id, annotation);
    }

    @Override
    public void suspend(ResourceId id, boolean suspended) {
        overrides.suspend(id, suspended);
    }

    @Override
    public void confirm(String code) {
        try {
            state.confirm(code);
        } catch (IOException e) {
            throw new UncheckedIOException("the confirmation of " + code + " cannot be written", e);
        }
    }
}
