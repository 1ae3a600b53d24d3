package dev.tidemark.events;

/** The record keys of the log as text, and the part of a key that its partition follows. */
public final class Keys {

    private Keys() {}

    /** {@code feed|tag}, of {@code TagDiscovered}, {@code TagRemoved} and {@code TagCheckWanted}. */
    public static String tag(Feed feed, String tag) {
        return feed.text() + '|' + tag;
    }

    /** {@code image|target}, of {@code PolicyDeclared}. */
    public static String declared(ImageName image, Target target) {
        return image.text() + '|' + target.text();
    }

    /** The key that an event is written under. */
    public static String of(Event event) {
        return switch (event) {
            case Event.RegistryNotified e -> e.image().text();
            case Event.TagDiscovered e -> tag(e.feed(), e.tag());
            case Event.TagRemoved e -> tag(e.feed(), e.tag());
            case Event.ScanCompleted e -> e.feed().text();
            case Event.ScanFailed e -> e.feed().text();
            case Event.FeedScanned e -> e.feed().text();
            case Event.PolicyDeclared e -> declared(e.image(), e.target());
            case Event.TagCheckWanted e -> tag(e.feed(), e.tag());
            case Event.ControlRequested e -> e.scope();
            case Event.PolicyDecided e -> e.target().text();
            case Event.TagSelected e -> e.target().text();
            case Event.BranchState e -> e.branch().text();
            case Event.Committed e -> e.branch().text() + '|' + e.automation();
            case Event.Rendered e -> e.cluster() + '/' + e.resourceSet();
            case Event.UpdateRefused e -> e.what();
            case Event.UpdateFailed e -> e.what();
        };
    }

    /** The image at the head of a key of a topic that is partitioned by image. */
    static String imagePart(String key) {
        int end = key.length();
        for (int i = 0; i < end; i++) {
            char c = key.charAt(i);
            if (c == '#' || c == '|') {
                return key.substring(0, i);
            }
        }
        return key;
    }
}
