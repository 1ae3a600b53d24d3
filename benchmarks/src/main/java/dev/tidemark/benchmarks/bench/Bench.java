package dev.tidemark.benchmarks.bench;

import dev.tidemark.benchmarks.bench.cases.Case;
import dev.tidemark.benchmarks.bench.cases.Cases;
import dev.tidemark.benchmarks.bench.cases.Scale;
import dev.tidemark.benchmarks.bench.result.Comparison;
import dev.tidemark.benchmarks.bench.result.Findings;
import dev.tidemark.benchmarks.bench.result.FindingsFile;
import dev.tidemark.benchmarks.bench.result.Measure;
import dev.tidemark.benchmarks.bench.result.Outcome;
import dev.tidemark.benchmarks.bench.result.Table;
import dev.tidemark.benchmarks.bench.rig.ProcessTree;
import dev.tidemark.benchmarks.bench.rig.Rig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./tidemark bench}: runs cases, prints their tables, and keeps the figures in a file. */
public final class Bench {

    private static final int WRONG_USAGE = 2;

    private final Options options;
    private final Path folder;
    private final PrintStream out;

    private Bench(Options options, Path folder, PrintStream out) {
        this.options = options;
        this.folder = folder;
        this.out = out;
    }

    /** @param args as the help says */
    public static void main(String[] args) throws InterruptedException {
        Path home = Path.of(System.getProperty("tidemark.home", ".")).toAbsolutePath();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            Options options = Options.parse(home, List.of(args));
            if (options.help()) {
                help(out);
                return;
            }
            List<Case> cases = chosen(options);
            Optional<Comparison> comparison = options.compare().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Comparison(FindingsFile.read(options.compare().get())));
            Bench bench = new Bench(options, Files.createTempDirectory("tidemark-bench-"), out);
            System.exit(bench.run(cases, comparison) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("tidemark: " + e.getMessage() + ".");
            System.exit(WRONG_USAGE);
        } catch (IOException e) {
            System.err.println("tidemark: " + e.getMessage());
            System.exit(1);
        }
    }

    private static List<Case> chosen(Options options) {
        List<Case> all = Cases.of(options.scale());
        for (String name : options.cases()) {
            if (all.stream().noneMatch(c -> c.name().equals(name))) {
                throw new IllegalArgumentException(
                        "there is no case '" + name + "'; './tidemark bench --help' shows all");
            }
        }
        return all.stream()
                .filter(c -> options.cases().isEmpty()
                        ? c.missing().isEmpty()
                        : options.cases().contains(c.name()))
                .toList();
    }

    private static void help(PrintStream out) {
        out.println("""
                Usage: ./tidemark bench [OPTION...] [CASE...]

                Measures this checkout: its processes as they are shipped, beside a registry, a Git server and a sender
                of webhooks in another process. All cases take about an hour, with --quick some minutes; nothing else
                should run on the machine. docs/benchmarks.md says what each case is.

                  --quick              fewer rounds and smaller sizes; says nothing about a percent here or there
                  --compare FILE       ratios to an earlier result; what is worse by a tenth is marked
                  --out FILE           where the result goes (default: target/bench.json)
                  --checkout DIR       measure another checkout, which its own ./tidemark has built
                  --registry-delay MS  the registry waits so long before each answer

                Cases:""");
        Cases.of(Scale.WHOLE)
                .forEach(c -> out.println("  %-18s %s"
                        .formatted(
                                c.name(),
                                c.about()
                                        + c.missing()
                                                .map(what -> " (left out: " + what + ")")
                                                .orElse(""))));
    }

    private boolean run(List<Case> cases, Optional<Comparison> comparison) throws IOException, InterruptedException {
        Map<String, String> environment = Machine.environment(options);
        List<Outcome> outcomes = new ArrayList<>();
        for (Case one : cases) {
            Outcome outcome = measure(one);
            Table.of(outcome, comparison).forEach(out::println);
            out.println();
            outcomes.add(outcome);
            // after each: whoever interrupts keeps what there is
            FindingsFile.write(options.out(), new Findings(environment, outcomes));
        }
        List<String> failed =
                outcomes.stream().filter(Outcome::failed).map(Outcome::name).toList();
        out.println("Result: " + options.out());
        if (failed.isEmpty()) {
            Files.delete(folder);
        } else {
            out.println("Failed: " + String.join(", ", failed) + "; their logs and state: " + folder);
        }
        return failed.isEmpty();
    }

    private Outcome measure(Case one) throws IOException, InterruptedException {
        out.println("(" + one.name() + " …)");
        ProcessTree own = new ProcessTree(ProcessHandle.current());
        double ownBefore = own.processorSeconds();
        double busyBefore = Machine.busySeconds();
        long begin = System.nanoTime();
        List<Measure> measures = List.of();
        String failure = "";
        Path place = folder.resolve(one.name());
        try (Rig rig = Rig.create(options.checkout(), place)) {
            rig.load().delayRegistry(options.registryDelay());
            measures = one.run(rig);
            rig.stop();
        } catch (IOException | RuntimeException e) {
            // of a file, or of a fault in here, the message alone says little
            String what =
                    e instanceof FileSystemException || e instanceof RuntimeException ? e.toString() : e.getMessage();
            failure = what + " (see " + place + ")";
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double others = Machine.busySeconds() - busyBefore - (own.processorSeconds() - ownBefore);
        if (failure.isEmpty()) {
            Rig.delete(place);
        }
        String size = one.size()
                + (options.registryDelay().isZero()
                        ? ""
                        : ", a registry that takes " + options.registryDelay().toMillis() + " ms");
        return new Outcome(one.name(), one.about(), size, measures, failure, Math.max(0, others / seconds));
    }
}
