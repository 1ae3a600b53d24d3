package dev.tidemark.cli.state;

import dev.tidemark.flux.view.ObjectEdits;
import dev.tidemark.flux.view.ObjectView;

/** A Tidemark that a command works on: a state folder, or a cluster. */
public sealed interface Instance permits StateFolder, ClusterInstance {

    /** Its objects. */
    ObjectView view();

    /** What people change of them. */
    ObjectEdits edits();

    /**
     * Whether somebody would do what is asked for.
     *
     * @throws dev.tidemark.cli.error.UserError with how to start it where nothing runs, as far as that can be told
     */
    void demandRunning();
}
