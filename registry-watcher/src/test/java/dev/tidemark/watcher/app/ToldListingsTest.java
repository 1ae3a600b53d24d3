package dev.tidemark.watcher.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.events.Feed;
import dev.tidemark.events.ImageName;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.runtime.progress.Progress;
import dev.tidemark.runtime.simulation.World;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldListingsTest {

    private static final int PAGE = 1_000;

    private final Progress progress = Progress.untold(new World(1).replica("one"));
    private final List<String> seen = new ArrayList<>();

    @Test
    void saysAfterEachPageHowManyTagsThereAreSoFar() {
        Registry told = new ToldListings(new TwoPages(), progress);
        AccessProfile anybody = new AccessProfile("apps", null, null, null, false, null, null, false);
        Registry.Place place = new Registry.Place(
                new Feed(new ImageName("ghcr.io/my-org/my-app"), ""), anybody, Duration.ofSeconds(20));

        var unused = told.list(place, Urgency.AWAITED, new Registry.TagSink() {
            @Override
            public boolean tag(String tag) {
                return true;
            }

            @Override
            public void pageEnd() {
                seen.addAll(progress.underWay());
            }
        });

        assertThat(seen)
                .containsExactly(
                        "scanning ghcr.io/my-org/my-app: 1,000 tags so far",
                        "scanning ghcr.io/my-org/my-app: 2,000 tags so far");
        assertThat(progress.underWay()).isEmpty();
    }

    private record TwoPages() implements Registry {

        @Override
        public Listing list(Place place, Urgency urgency, TagSink sink) {
            for (int tag = 0; tag < 2 * PAGE; tag++) {
                boolean unused = sink.tag("1.0." + tag);
                if (tag % PAGE == PAGE - 1) {
                    sink.pageEnd();
                }
            }
            return new Listing.Complete();
        }

        @Override
        public Resolution resolve(Place place, Urgency urgency, String tag) {
            return new Resolution.Gone();
        }
    }
}
