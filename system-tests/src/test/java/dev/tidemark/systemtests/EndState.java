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
 * @param sequences of the selections of each target, in the order of the log
 * @param applied commits that {@code update-applied} names
 * @param answered what the registry told and was answered with 2xx
 * @param discovered what {@code tag-discovered} names
 * @param notReady replicas that are not, with the reason where they give one
 * @param deadLetters how many records were put aside
 */
record EndState(
        Map<String, App> apps,
        Map<String, Branch> branches,
        Map<String, List<Long>> sequences,
        Set<String> applied,
        Set<Told> answered,
        Set<Told> discovered,
        List<String> notReady,
        long deadLetters) {

    /**
     * @param tags that the registry has, by repository
     * @param followed the repositories that its policies followed, one after the other: now the last one
     * @param maxMajor the highest major version that its policies allow
     * @param rendered what its object shows
     */
    record App(Map<String, Set<String>> tags, List<String> followed, int maxMajor, Optional<String> rendered) {

        String follows() {
            return followed.getLast();
        }
    }

    /**
     * @param commits what was written to it, oldest first, without what it began with
     * @param heads where it ever was
     */
    record Branch(List<Commit> commits, Set<String> heads) {}

    /**
     * @param images what the deployments show in it, by app
     * @param message one line for each change, {@code …/repository:version}
     */
    record Commit(String id, Map<String, Image> images, String message) {}

    record Image(String repository, String version) {

        @Override
        public String toString() {
            return repository + ':' + version;
        }
    }

    /** A tag that the registry told Tidemark of. */
    record Told(String repository, String tag) {}
}
