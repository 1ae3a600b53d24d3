package dev.tidemark.cli.command;

import dev.tidemark.cli.error.UserError;
import dev.tidemark.cli.logs.FileLog;
import dev.tidemark.cli.logs.Log;
import dev.tidemark.cli.logs.LogEntries;
import dev.tidemark.cli.logs.LogLine;
import dev.tidemark.cli.logs.LogSource;
import dev.tidemark.cli.logs.MergedLog;
import dev.tidemark.cli.objects.ObjectKind;
import dev.tidemark.cli.objects.ObjectKinds;
import dev.tidemark.cli.run.Evaluator;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.cluster.PodLogs;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what the services wrote to their log, wherever they run. */
@Command(
        name = "logs",
        description = "Show the services' log.",
        footer = {
            "",
            "Of several pods or services it is one log, by time, each line with where it is from.",
            "",
            "Examples:",
            "  ./tidemark logs -f",
            "  ./tidemark logs --object imagepolicy/my-app     what names it, and what came of the same cause",
            "  ./tidemark logs --level error --kind imagepolicy -n apps",
            "  ./tidemark logs --context '' --since 10m",
            "  ./tidemark logs --server http://10.0.0.5:9000,http://10.0.0.6:9000 --token-file token"
        })
final class LogsCommand implements Callable<Integer> {

    /** As many lines of each service are looked through for an object's: more than the services themselves keep. */
    private static final int LOOKED_THROUGH = 100_000;

    @Mixin
    private Terminal terminal = new Terminal();

    @Mixin
    private ServicesOption services = new ServicesOption();

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what is written from now on")
    private boolean follow;

    @Option(
            names = "--tail",
            paramLabel = "LINES",
            description = "only the last lines, -1 for all; default: 200",
            defaultValue = "200")
    private int tail = 200;

    @Option(
            names = "--since",
            paramLabel = "AGO",
            converter = TimeAgo.class,
            description = "only what was written since then, " + TimeAgo.FORMS)
    private @Nullable Duration since;

    @Option(
            names = "--object",
            paramLabel = "KIND/NAME",
            description = "only what is about this object of the namespace, and what came of the same cause")
    private @Nullable String object;

    @Option(names = "--kind", paramLabel = "KIND", description = "only lines that name an object of this kind")
    private @Nullable String kind;

    @Option(names = "--name", paramLabel = "NAME", description = "only lines that name an object of this name")
    private @Nullable String name;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "objects of all namespaces; -n NAMESPACE alone: only lines that name an object of it")
    private boolean allNamespaces;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "only lines of this level or a worse one: error, warn, info, debug")
    private @Nullable String level;

    @Override
    public Integer call() throws InterruptedException {
        @Nullable LogEntries entries = asked();
        Log log = log();
        List<LogLine> all = log.last(entries == null ? tail : LOOKED_THROUGH, begin());
        List<LogLine> shown = entries == null ? all : entries.of(all);
        int left = tail < 0 ? 0 : Math.max(0, shown.size() - tail);
        shown.subList(left, shown.size()).forEach(line -> terminal.line(line.shown()));
        if (object != null && shown.isEmpty()) {
            nothingOf(object);
        }
        if (follow) {
            log.follow(line ->
                    (entries == null ? List.of(line) : entries.next(line)).forEach(one -> terminal.line(one.shown())));
        }
        return 0;
    }

    /** Null for everything. */
    private @Nullable LogEntries asked() {
        if (object != null && (kind != null || name != null)) {
            throw new UserError("--object names a kind and a name: leave out --kind and --name.");
        }
        Optional<LogEntries.Level> least = Optional.ofNullable(level).map(LogsCommand::level);
        if (object != null) {
            return new LogEntries(LogEntries.Wanted.withCauses(named(object).toString()), least);
        }
        if (kind == null && name == null && (namespace.named().isEmpty() || allNamespaces)) {
            return least.isEmpty() ? null : new LogEntries(LogEntries.Wanted.EVERYTHING, least);
        }
        return new LogEntries(
                LogEntries.Wanted.of(
                        Optional.ofNullable(kind).map(word -> ObjectKinds.named(word, List.of())
                                .getFirst()
                                .name()),
                        allNamespaces ? Optional.empty() : namespace.named(),
                        Optional.ofNullable(name)),
                least);
    }

    private static LogEntries.Level level(String word) {
        return LogEntries.Level.of(word)
                .orElseThrow(() -> new UserError("'" + word + "' is no level: use error, warn, info or debug."));
    }

    private Optional<Instant> begin() {
        return Optional.ofNullable(since).map(ago -> Instant.now().minus(ago));
    }

    /** One that is not there may have been, so that only now somebody may have spelled it wrongly. */
    private void nothingOf(String words) {
        ResourceId id = named(words);
        services.view().filter(view -> view.find(id).isEmpty()).ifPresent(view -> {
            ObjectKind of = ObjectArguments.read(List.of(words), List.of()).kind();
            UserError unknown = new NotThere(view, of, id.namespace()).error(id.name());
            if (!follow) {
                throw unknown;
            }
            terminal.note(String.valueOf(unknown.getMessage()));
        });
        terminal.note("No line is about " + id + (follow ? " yet." : "."));
    }

    private ResourceId named(String words) {
        ObjectArguments arguments = ObjectArguments.read(List.of(words), List.of());
        if (!arguments.isOne()) {
            throw new UserError("one object, as KIND/NAME: known kinds are "
                    + ObjectKinds.SHOWN.stream().map(ObjectKind::word).collect(Collectors.joining(", ")) + ".");
        }
        return new ResourceId(arguments.kind().name(), namespace.name(), arguments.name());
    }

    private Log log() {
        return switch (services.place()) {
            case ServicesOption.Place.Folder(var folder) -> new FileLog(folder.log(), ZoneId.systemDefault());
            case ServicesOption.Place.Addresses(var addresses) -> {
                List<LogSource> sources = addresses.stream()
                        .<LogSource>map(one -> new OfService(
                                addresses.size() == 1 ? "" : one.address().getAuthority(), new Evaluator(one)))
                        .toList();
                yield new MergedLog(() -> sources, terminal::note);
            }
            case ServicesOption.Place.Cluster(var cluster, var installedIn) -> {
                PodLogs logs = cluster.logs(installedIn);
                yield new MergedLog(() -> pods(logs, installedIn), terminal::note);
            }
        };
    }

    private static List<LogSource> pods(PodLogs logs, String namespace) {
        List<LogSource> pods =
                logs.pods().stream().<LogSource>map(pod -> new OfPod(logs, pod)).toList();
        if (pods.isEmpty()) {
            throw new UserError("there is no pod of Tidemark in namespace '" + namespace
                    + "': name Tidemark's own namespace with --installed-in.");
        }
        return pods;
    }

    private record OfService(String name, Evaluator service) implements LogSource {

        @Override
        public InputStream open(int tail, Optional<Instant> since, boolean follow) throws InterruptedException {
            return service.logs(tail, since, follow);
        }
    }

    private record OfPod(PodLogs logs, PodLogs.Pod pod) implements LogSource {

        @Override
        public String name() {
            return pod.name();
        }

        @Override
        public InputStream open(int tail, Optional<Instant> since, boolean follow) {
            return logs.open(pod, tail, since, follow);
        }
    }
}
