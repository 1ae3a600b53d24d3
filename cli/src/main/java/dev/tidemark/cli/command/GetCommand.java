package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.output.Documents;
import dev.tidemark.cli.output.Found;
import dev.tidemark.cli.output.OutputFormat;
import dev.tidemark.cli.output.Tables;
import dev.tidemark.cli.tree.LabelSelector;
import dev.tidemark.flux.view.ObjectView;
import dev.tidemark.flux.view.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private InstanceOption at = new InstanceOption();

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
            description = "wide, yaml, json, name or jsonpath='{.path}'")
    private String output = "";

    @Option(
            names = {"-w", "--watch"},
            description = "go on and show every change")
    private boolean watch;

    @Option(names = "--no-headers", description = "tables without the first line")
    private boolean noHeaders;

    @Parameters(
            arity = "1..*",
            paramLabel = "KIND [NAME]",
            description = "imagerepository (imgrepo), imagepolicy (imgpol), imageupdateautomation (iua), "
                    + "resourcesetinputprovider (rsip), resourceset (rset), receiver, gitrepository, "
                    + "kustomization (ks), any rendered kind, several with commas, or all")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        ObjectView view = at.instance().view();
        ObjectArguments arguments = ObjectArguments.read(words, view);
        OutputFormat format = OutputFormat.parse(output);
        LabelSelector labels = selector();
        if (!watch) {
            List<Found> found = find(view, arguments, labels);
            demand(arguments, found);
            print(format, found, arguments, !noHeaders);
            return 0;
        }
        List<String> kinds = arguments.kinds().stream().map(ObjectKind::name).toList();
        try (ObjectView.Changes changes = view.changes(kinds, allNamespaces ? "" : namespace.name())) {
            List<Found> found = find(view, arguments, labels);
            demand(arguments, found);
            print(format, found, arguments, !noHeaders);
            Map<String, Tree> seen = byKey(found);
            while (true) {
                changes.await();
                List<Found> now = find(view, arguments, labels);
                now.stream()
                        .filter(one -> !one.object().equals(seen.get(key(one))))
                        .forEach(one -> show(one, format));
                seen.clear();
                seen.putAll(byKey(now));
            }
        }
    }

    private void show(Found changed, OutputFormat format) {
        if (format instanceof OutputFormat.Yaml) {
            terminal.line("---");
        }
        print(
                format,
                List.of(changed),
                new ObjectArguments(
                        List.of(changed.kind()), List.of(changed.object().name())),
                false);
    }

    private LabelSelector selector() {
        try {
            return LabelSelector.parse(selector);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage() + ".", e);
        }
    }

    private List<Found> find(ObjectView view, ObjectArguments arguments, LabelSelector labels) {
        List<Found> found = new ArrayList<>();
        for (ObjectKind kind : arguments.kinds()) {
            List<Tree> all = view.list(kind.name(), allNamespaces ? "" : namespace.name()).stream()
                    .filter(o -> labels.test(o.labels()))
                    .toList();
            for (Tree object : all) {
                if (arguments.names().isEmpty() || arguments.names().contains(object.name())) {
                    found.add(new Found(kind, object));
                }
            }
        }
        return found;
    }

    private void demand(ObjectArguments arguments, List<Found> found) {
        for (String name : arguments.names()) {
            if (found.stream().noneMatch(f -> f.object().name().equals(name))) {
                throw new UserError("there is no " + arguments.kind().name() + " '" + name + "' in namespace "
                        + namespace.name() + ": './tidemark get "
                        + arguments.kind().names().getLast() + " -A' shows those there are.");
            }
        }
    }

    private void print(OutputFormat format, List<Found> found, ObjectArguments arguments, boolean headers) {
        boolean single = arguments.names().size() == 1;
        if (format instanceof OutputFormat.Table table) {
            if (found.isEmpty()) {
                terminal.note("No resources found" + (allNamespaces ? "." : " in " + namespace.name() + " namespace."));
            }
            terminal.print(Tables.print(found, table.wide(), allNamespaces, headers, Instant.now()));
        } else {
            terminal.print(Documents.print(format, found, single));
        }
    }

    private static Map<String, Tree> byKey(List<Found> found) {
        Map<String, Tree> byKey = new HashMap<>();
        found.forEach(f -> byKey.put(key(f), f.object()));
        return byKey;
    }

    private static String key(Found found) {
        return found.kind().name()
                + '/'
                + found.object().namespace()
                + '/'
                + found.object().name();
    }
}
