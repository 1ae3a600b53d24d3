package dev.tidemark.systemtests;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be seen from outside at one moment, for {@link EndStateModel} to judge.
 *
 * @param apps by name
 * @param branches by name
 * @param logged commits that {@code update-applied} or {@code branch-state} name
 * @param answered what the registry told and was answered with 2xx
 * @param discovered what {@code tag-discovered} names
 * @param notReady replicas that are not, with the reason where they give one
 * @param deadLetters how many records were put aside
 */
record EndState(
        Map<String, App> apps,
        Map<String, Branch> branches,
        Set<String> logged,
        Set<Told> answered,
        Set<Told> discovered,
        List<String> notReady,
        long deadLetters) {

    /**
     * @param tags that the registry has
     * @param maxMajor the highest major version that its policies allow
     * @param rendered what its object shows
     */
    record App(Set<String> tags, int maxMajor, Optional<String> rendered) {}

    /**
     * @param commits what was written to it, oldest first, without what it began with
     * @param heads where it ever was
     */
    record Branch(List<Commit> commits, Set<String> heads) {}

    /**
     * @param versions what the deployments show in it, by app
     * @param message one line for each change, {@code …/app:version}
     */
    record Commit(String id, Map<String, String> versions, String message) {}

    /** A tag that the registry told Tidemark of. */
    record Told(String app, String tag) {}
}
