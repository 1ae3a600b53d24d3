package dev.tidemark.watcher.app;

import dev.tidemark.runtime.progress.Progress;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Urgency;
import java.util.Locale;

/** A registry of which is said how far its lists are read, where they have several pages. */
record ToldListings(Registry of, Progress progress) implements Registry {

    @Override
    public Listing list(Place place, Urgency urgency, TagSink sink) {
        try (Progress.Work work =
                progress.begin("scanning " + place.feed().image().text())) {
            return of.list(place, urgency, new TagSink() {
                private int tags;

                @Override
                public boolean tag(String tag) {
                    tags++;
                    return sink.tag(tag);
                }

                @Override
                public void pageEnd() {
                    work.at(String.format(Locale.ROOT, "%,d tags so far", tags));
                    sink.pageEnd();
                }
            });
        }
    }

    @Override
    public Resolution resolve(Place place, Urgency urgency, String tag) {
        return of.resolve(place, urgency, tag);
    }
}
