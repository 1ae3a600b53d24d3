package dev.tidemark.flux.alert;

import dev.tidemark.flux.AlertSpec;
import dev.tidemark.flux.CrossNamespaceRefs;
import dev.tidemark.flux.Resource;
import dev.tidemark.go.regexp.GoPattern;
import dev.tidemark.go.regexp.GoPatternException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an Alert says of events: whether one is told, and with which metadata. As notification-controller has it. */
public record AlertRule(Resource<AlertSpec> alert) {

    private static final String ANY = "*";
    private static final String SUMMARY = "summary";
    private static final String ERROR_ONLY = "error";

    /** Whether an event is told. */
    public sealed interface Verdict {
        /** @param event with the metadata that it is told with */
        record Told(FluxEvent event) implements Verdict {}

        /** It is of other objects, of another severity, or says something else. */
        record NotMeant() implements Verdict {}

        /** Somebody has to mend the Alert. */
        record Unusable(String problem) implements Verdict {}
    }

    /**
     * @param event as it was recorded
     * @param labels of the object that it is about
     */
    public Verdict judge(FluxEvent event, Map<String, String> labels, CrossNamespaceRefs crossNamespace) {
        AlertSpec spec = alert.spec();
        if (spec.suspend()
                || !isOfSeverity(event)
                || spec.eventSources().stream().noneMatch(s -> isOf(s, event, labels))) {
            return new Verdict.NotMeant();
        }
        if (crossNamespace.block(alert.namespace(), event.object().namespace())) {
            return new Verdict.Unusable(
                    "it names objects of the namespace " + event.object().namespace()
                            + ", and references to other namespaces are blocked: make an Alert there");
        }
        List<String> broken = new ArrayList<>();
        List<GoPattern> including = patterns("inclusionList", spec.inclusionList(), broken);
        List<GoPattern> excluding = patterns("exclusionList", spec.exclusionList(), broken);
        if (!broken.isEmpty()) {
            return new Verdict.Unusable(String.join("; ", broken));
        }
        boolean included = including.isEmpty() || including.stream().anyMatch(one -> one.isIn(event.message()));
        boolean excluded = excluding.stream().anyMatch(one -> one.isIn(event.message()));
        return included && !excluded ? new Verdict.Told(event.with(metadata(event))) : new Verdict.NotMeant();
    }

    private boolean isOfSeverity(FluxEvent event) {
        return !ERROR_ONLY.equals(alert.spec().eventSeverity()) || event.severity() == FluxEvent.Severity.ERROR;
    }

    private boolean isOf(AlertSpec.Source source, FluxEvent event, Map<String, String> labels) {
        String namespace = source.namespace();
        Map<String, String> wanted = source.matchLabels();
        return source.kind().equals(event.object().kind())
                && (namespace == null || namespace.isEmpty() ? alert.namespace() : namespace)
                        .equals(event.object().namespace())
                && (source.name().equals(ANY)
                        || source.name().equals(event.object().name()))
                && (wanted == null || labels.entrySet().containsAll(wanted.entrySet()));
    }

    private static List<GoPattern> patterns(String member, @Nullable List<String> texts, List<String> broken) {
        List<GoPattern> patterns = new ArrayList<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            try {
                patterns.add(GoPattern.compile(text));
            } catch (GoPatternException wrong) {
                broken.add("spec." + member + " has '" + text + "', which is no regular expression: "
                        + wrong.getMessage());
            }
        }
        return patterns;
    }

    /** What the controller said of the event counts most, what the object's annotations say least. */
    private TreeMap<String, String> metadata(FluxEvent event) {
        TreeMap<String, String> all = stripped(event, FluxEvent.GROUP);
        if (alert.spec().eventMetadata() != null) {
            all.putAll(alert.spec().eventMetadata());
        }
        if (alert.spec().summary() != null && !alert.spec().summary().isEmpty()) {
            all.put(SUMMARY, alert.spec().summary());
        }
        all.putAll(stripped(event, event.object().group() + '/'));
        return all;
    }

    private static TreeMap<String, String> stripped(FluxEvent event, String group) {
        TreeMap<String, String> without = new TreeMap<>();
        event.metadata().forEach((key, value) -> {
            if (key.startsWith(group)) {
                without.put(key.substring(group.length()), value);
            }
        });
        return without;
    }
}
