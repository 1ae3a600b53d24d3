package dev.tidemark.runtime.publish;

import dev.tidemark.events.BranchTagFound;
import dev.tidemark.events.Event;
import dev.tidemark.events.Event.PolicyDecided;
import dev.tidemark.events.TagsChanged;
import dev.tidemark.runtime.LogKeys;

/** What facts say in the words of the log that have no line there: they are part of something larger that has one. */
final class FactParts {

    private FactParts() {}

    /** Empty for what only services tell each other. */
    static String line(Event event) {
        return switch (event) {
            case Event.TagDiscovered tag ->
                LogKeys.line(
                        "tag-discovered",
                        LogKeys.FEED,
                        tag.feed(),
                        LogKeys.TAG,
                        tag.tag(),
                        LogKeys.DIGEST,
                        tag.digest());
            case Event.TagRemoved tag -> LogKeys.line("tag-removed", LogKeys.FEED, tag.feed(), LogKeys.TAG, tag.tag());
            case TagsChanged tags ->
                LogKeys.line(
                        "tags-changed",
                        LogKeys.FEED,
                        tags.feed(),
                        LogKeys.ADDED,
                        tags.added().size(),
                        LogKeys.REMOVED,
                        tags.removed().size());
            case PolicyDecided decided ->
                LogKeys.line(
                        "policy-decided",
                        LogKeys.RESOURCE,
                        FactLines.resource(decided.target()),
                        LogKeys.REASON,
                        decided.message());
            case Event.TagCheckWanted check ->
                LogKeys.line("tag-check-wanted", LogKeys.FEED, check.feed(), LogKeys.TAG, check.tag());
            case BranchTagFound found ->
                LogKeys.line(
                        "branch-tag-found",
                        LogKeys.RESOURCE,
                        FactLines.resource(found.target()),
                        LogKeys.IMAGE,
                        found.image(),
                        LogKeys.BRANCH,
                        found.branch(),
                        LogKeys.TAG,
                        found.tag());
            default -> "";
        };
    }
}
