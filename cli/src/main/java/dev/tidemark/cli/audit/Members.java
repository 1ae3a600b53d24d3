package dev.tidemark.cli.audit;

import dev.tidemark.evaluation.history.RangeHeader;
import java.util.LinkedHashMap;
import java.util.Map;

/** What reports for scripts begin with. */
final class Members {

    private Members() {}

    static Map<String, Object> of(RangeHeader header) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("cluster", header.cluster());
        members.put("evaluator", header.evaluator());
        members.put("since", header.since().toString());
        members.put("until", header.until().toString());
        return members;
    }
}
