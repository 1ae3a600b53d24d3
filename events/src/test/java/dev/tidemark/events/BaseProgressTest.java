package dev.tidemark.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.events.BaseProgress.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaseProgressTest {

    private static final Feed FEED = new Feed(new ImageName("ghcr.io/my-org/my-app"), "");

    private static TagsListed page(long epoch, long number, int page, int pages) {
        Scan scan = new Scan(epoch + "." + number, Instant.EPOCH, epoch, number);
        return new TagsListed(
                FEED, scan, page, pages, 7, TagsListed.Origin.SCAN, List.of("t" + page), Map.of(), Map.of());
    }

    private static BaseProgress after(BaseProgress before, TagsListed page) {
        return switch (before.take(page, false)) {
            case Step.Ignored ignored -> before;
            case Step.Arrived arrived -> arrived.now();
            case Step.InForce inForce -> inForce.now();
        };
    }

    @Test
    void aBaseIsInForceWhenAllItsPagesAreThereInAnyOrder() {
        BaseProgress two = after(after(BaseProgress.NONE, page(5, 1, 3, 3)), page(5, 1, 1, 3));
        assertThat(two.inForce()).isNull();

        assertThat(two.take(page(5, 1, 2, 3), false))
                .isEqualTo(new Step.InForce(
                        new BaseProgress(new Base(new ScanOrder(5, 1), 3, 7, TagsListed.Origin.SCAN), null, 0),
                        new Base(new ScanOrder(5, 1), 3, 7, TagsListed.Origin.SCAN),
                        null,
                        null));
    }

    @Test
    void aPageThatIsThereTwiceCountsOnce() {
        BaseProgress one = after(BaseProgress.NONE, page(5, 1, 1, 2));

        assertThat(one.take(page(5, 1, 1, 2), true)).isEqualTo(new Step.Ignored());
    }

    @Test
    void aNewerBaseTakesThePlaceOfOneThatIsNotWhole() {
        BaseProgress half = after(BaseProgress.NONE, page(5, 1, 1, 2));

        assertThat(half.take(page(5, 2, 1, 2), false)).isInstanceOfSatisfying(Step.Arrived.class, arrived -> {
            assertThat(arrived.abandoned()).isEqualTo(half.arriving());
            assertThat(arrived.now().arrived()).isOne();
        });
        assertThat(after(half, page(5, 2, 1, 1)).inForce()).isNotNull();
    }

    @Test
    void anOlderBaseIsIgnoredWhetherTheNewerOneIsWholeOrNot() {
        BaseProgress half = after(BaseProgress.NONE, page(5, 2, 1, 2));
        BaseProgress whole = after(half, page(5, 2, 2, 2));

        assertThat(half.take(page(5, 1, 1, 1), false)).isEqualTo(new Step.Ignored());
        assertThat(whole.take(page(5, 1, 1, 1), false)).isEqualTo(new Step.Ignored());
        assertThat(whole.take(page(5, 2, 2, 2), false)).isEqualTo(new Step.Ignored());
        assertThat(whole.take(page(4, 9, 1, 1), false)).isEqualTo(new Step.Ignored());
    }

    @Test
    void whatDoesNotFitTheOtherPagesIsIgnored() {
        BaseProgress half = after(BaseProgress.NONE, page(5, 1, 1, 3));

        assertThat(half.take(page(5, 1, 2, 2), false)).isEqualTo(new Step.Ignored());
    }

    @Test
    void theOneThatWasInForceIsReplaced() {
        BaseProgress before = after(BaseProgress.NONE, page(5, 1, 1, 1));

        assertThat(before.take(page(9, 1, 1, 1), false))
                .isInstanceOfSatisfying(
                        Step.InForce.class, step -> assertThat(step.replaced()).isEqualTo(before.inForce()));
    }

    @Test
    void newsOfANewerBaseThanTheOneInForceShowThatAPageWasLost() {
        BaseProgress inForce = after(BaseProgress.NONE, page(5, 2, 1, 1));

        assertThat(inForce.isOf(null)).isTrue();
        assertThat(inForce.isOf(new ScanOrder(5, 1))).isTrue();
        assertThat(inForce.isOf(new ScanOrder(5, 2))).isTrue();
        assertThat(inForce.isOf(new ScanOrder(5, 3))).isFalse();
        assertThat(BaseProgress.NONE.isOf(new ScanOrder(5, 1))).isFalse();
    }

    @Test
    void aPageIsOneOfThem() {
        assertThatThrownBy(() -> page(5, 1, 0, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> page(5, 1, 3, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
