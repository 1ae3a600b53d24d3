package dev.tidemark.committer.app;

import dev.tidemark.committer.domain.ForwardingClone;
import dev.tidemark.committer.domain.Refspec;
import dev.tidemark.committer.domain.Source;
import dev.tidemark.committer.domain.WorkingClone;
import dev.tidemark.runtime.metrics.Meters;
import dev.tidemark.runtime.metrics.Metric;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A clone whose pushes are counted by what they came to. */
final class CountedClone extends ForwardingClone {

    private final Meters meters;

    CountedClone(WorkingClone of, Meters meters) {
        super(of);
        this.meters = meters;
    }

    /** Shows all that a push may come to. */
    static void expect(Meters meters) {
        List.of("accepted", "moved", "refused", "unclear").forEach(result -> meters.expect(Metric.PUSHES, result));
    }

    @Override
    public PushOutcome push(
            Source source, String ref, String commit, @Nullable String expected, Map<String, String> options) {
        return counted(super.push(source, ref, commit, expected, options));
    }

    @Override
    public PushOutcome push(Source source, Refspec refspec, String commit, Map<String, String> options) {
        return counted(super.push(source, refspec, commit, options));
    }

    private PushOutcome counted(PushOutcome outcome) {
        meters.count(
                Metric.PUSHES,
                switch (outcome) {
                    case PushOutcome.Accepted accepted -> "accepted";
                    case PushOutcome.Moved moved -> "moved";
                    case PushOutcome.Refused refused -> "refused";
                    case PushOutcome.Unclear unclear -> "unclear";
                });
        return outcome;
    }
}
