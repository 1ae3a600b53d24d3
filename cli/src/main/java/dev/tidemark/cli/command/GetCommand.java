package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.output.Alerts;
import dev.tidemark.cli.output.Clones;
import dev.tidemark.cli.output.Documents;
import dev.tidemark.cli.output.Found;
import dev.tidemark.cli.output.OutputFormat;
import dev.tidemark.cli.output.Tables;
import dev.tidemark.cli.run.Control;
import dev.tidemark.cli.state.Instance;
import dev.tidemark.cli.tree.FieldSelector;
import dev.tidemark.cli.tree.JsonPath;
import dev.tidemark.cli.tree.LabelSelector;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.cluster.ManagementForward;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Tree;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows objects, as {@code kubectl get}. */
@Command(
        name = "get",
        description = "Show objects, in the habits of kubectl get.",
        footer = {
            "",
            "Examples:",
            "  ./tidemark get imagepolicy my-app -n flux-system -o jsonpath='{.status.latestImage}'",
            "  ./tidemark get kustomization -l resourceset.fluxcd.io/name=my-app -A",
            "  ./tidemark get all --watch"
        })
final class GetCommand implements Callable<Integer> {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ObjectsOption at = new ObjectsOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "objects of all namespaces")
    private boolean allNamespaces;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            description = "by labels: a=b, a!=b, a, !a, 'a in (b,c)', with commas")
    private String selector = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "wide, yaml, json, name, jsonpath='{.path}', go-template='{{.path}}' or "
                    + "custom-columns=TITLE:.path,…")
    private String output = "";

    @Option(
            names = {"-w", "--watch"},
            description = "go on and show every change")
    private boolean watch;

    @Option(
            names = "--field-selector",
            paramLabel = "SELECTOR",
            description = "by metadata.name and metadata.namespace: a=b, a!=b, with commas")
    private String fieldSelector = "";

    @Option(names = "--sort-by", paramLabel = "PATH", description = "a JSONPath expression, such as .metadata.name")
    private String sortBy = "";

    @Option(names = "--show-labels", description = "tables with a column for all labels")
    private boolean showLabels;

    @Option(names = "--ignore-not-found", description = "say nothing of what is not there, and exit with 0")
    private boolean ignoreNotFound;

    @Option(names = "--no-headers", description = "tables without the first line")
    private boolean noHeaders;

    @Parameters(
            arity = "1..*",
            paramLabel = "KIND [NAME…]",
            description = "imagerepository (imgrepo), imagepolicy (imgpol), imageupdateautomation (iua), "
                    + "resourcesetinputprovider (rsip), resourceset (rset), receiver, gitrepository (gitrepo), "
                    + "kustomization (ks), any rendered kind, several with commas, or all")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Instance instance = at.instance();
        ObjectView view = instance.view();
        ObjectArguments arguments = ObjectArguments.read(words, view);
        OutputFormat format = OutputFormat.parse(output);
        boolean forPeople = format instanceof OutputFormat.Table;
        Query query =
                new Query(instance, arguments, allNamespaces ? "" : namespace.name(), filter(), order(), forPeople);
        Tables tables = new Tables(new Tables.Layout(
                format instanceof OutputFormat.Table(boolean wide) && wide,
                allNamespaces,
                arguments.kinds().size() > 1,
                showLabels,
                !noHeaders));
        if (!watch) {
            print(format, shown(query), arguments, tables);
            return 0;
        }
        List<String> kinds = arguments.kinds().stream().map(ObjectKind::name).toList();
        try (ObjectView.Changes changes = view.changes(kinds, query.namespace())) {
            List<Found> found = shown(query);
            print(format, found, arguments, tables);
            Map<String, Found> seen = byKey(found);
            while (true) {
                changes.await();
                Map<String, Found> now = byKey(query.find());
                now.forEach((key, one) -> {
                    Found before = seen.remove(key);
                    if (before == null || !before.object().equals(one.object())) {
                        show(one, format, tables);
                    }
                });
                seen.values().forEach(gone -> tellGone(gone, format, tables));
                seen.clear();
                seen.putAll(now);
            }
        }
    }

    /** What is looked for, at each look again. */
    private record Query(
            Instance instance,
            ObjectArguments arguments,
            String namespace,
            Predicate<Tree> filter,
            @Nullable JsonPath order,
            boolean forPeople) {

        List<Found> find() throws InterruptedException {
            ObjectView view = instance.view();
            List<Found> found = new ArrayList<>();
            for (ObjectKind kind : arguments.kinds()) {
                view.list(kind.name(), namespace).stream()
                        .filter(object -> arguments.mean(kind, object.name()) && filter.test(object))
                        .forEach(object -> found.add(new Found(kind, object)));
            }
            if (forPeople && has(Kinds.ALERT)) {
                Alerts alerts = Control.ofAll(instance, List.of(), ManagementForward.NAMESPACE)
                        .alerts();
                found.replaceAll(one -> new Found(one.kind(), alerts.shown(one.object())));
            }
            if (forPeople && has(Kinds.GIT_REPOSITORY)) {
                Clones clones = new Clones(view.list(Kinds.IMAGE_UPDATE_AUTOMATION.name()));
                found.replaceAll(one -> new Found(one.kind(), clones.shown(one.object())));
            }
            if (order != null) {
                found.sort(Comparator.comparing(one -> order.print(one.object().members()), GetCommand::compared));
            }
            return found;
        }

        private boolean has(Kind<?> wanted) {
            return arguments.kinds().stream().anyMatch(kind -> kind.name().equals(wanted.name()));
        }
    }

    /** Numbers as numbers, anything else as text. */
    private static int compared(String one, String other) {
        return NUMBER.matcher(one).matches() && NUMBER.matcher(other).matches()
                ? new BigDecimal(one).compareTo(new BigDecimal(other))
                : one.compareTo(other);
    }

    private Predicate<Tree> filter() {
        try {
            LabelSelector labels = LabelSelector.parse(selector);
            return FieldSelector.parse(fieldSelector).and(object -> labels.test(object.labels()));
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage() + ".", e);
        }
    }

    private @Nullable JsonPath order() {
        try {
            return sortBy.isEmpty() ? null : JsonPath.parse(sortBy);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage() + ".", e);
        }
    }

    private List<Found> shown(Query query) throws InterruptedException {
        List<Found> found = query.find();
        if (!ignoreNotFound) {
            query.arguments().names().forEach((kind, names) -> names.stream()
                    .filter(name -> found.stream()
                            .noneMatch(one -> one.kind().equals(kind)
                                    && one.object().name().equals(name)))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new NotThere(query.instance().view(), kind, namespace.name()).error(name);
                    }));
        }
        return found;
    }

    private void print(OutputFormat format, List<Found> found, ObjectArguments arguments, Tables tables) {
        if (!(format instanceof OutputFormat.Table)) {
            if (!found.isEmpty() || !ignoreNotFound) {
                terminal.print(Documents.print(format, found, arguments.isOne()));
            }
            return;
        }
        if (found.isEmpty() && !ignoreNotFound) {
            terminal.note("No resources found" + (allNamespaces ? "." : " in " + namespace.name() + " namespace."));
        }
        terminal.print(tables.print(found, Instant.now()));
    }

    private void show(Found changed, OutputFormat format, Tables tables) {
        if (format instanceof OutputFormat.Table) {
            terminal.print(tables.print(List.of(changed), Instant.now()));
        } else {
            if (format instanceof OutputFormat.Yaml) {
                terminal.line("---");
            }
            terminal.print(Documents.print(format, List.of(changed), true));
        }
    }

    /** Forms for machines show its last state once more, as kubectl's do. */
    private void tellGone(Found gone, OutputFormat format, Tables tables) {
        if (format instanceof OutputFormat.Table) {
            terminal.print(tables.deleted(gone));
        } else {
            show(gone, format, tables);
        }
    }

    private static Map<String, Found> byKey(List<Found> found) {
        Map<String, Found> byKey = new LinkedHashMap<>();
        found.forEach(one -> byKey.put(one.object().id().toString(), one));
        return byKey;
    }
}
