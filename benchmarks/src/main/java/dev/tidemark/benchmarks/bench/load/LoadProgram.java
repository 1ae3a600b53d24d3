package dev.tidemark.benchmarks.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The process of the load. It takes a command a line from standard input and answers each with a line; when the input
 * ends, it ends: whoever measured is gone.
 */
public final class LoadProgram {

    /** Of each of the three: more than Tidemark asks at once, and bounded. */
    private static final int THREADS = 32;

    private final Registry registry;
    private final GitServer git;
    private final Webhooks webhooks;

    private LoadProgram(Registry registry, GitServer git, Webhooks webhooks) {
        this.registry = registry;
        this.git = git;
        this.webhooks = webhooks;
    }

    /** @param args the folder of the repositories to serve */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (ExecutorService forRegistry = Executors.newFixedThreadPool(THREADS);
                ExecutorService forGit = Executors.newFixedThreadPool(THREADS);
                ExecutorService forWebhooks = Executors.newFixedThreadPool(THREADS);
                Registry registry = Registry.start(forRegistry);
                GitServer git = GitServer.start(Path.of(args[0]), forGit);
                Webhooks webhooks = new Webhooks(forWebhooks)) {
            LoadProgram program = new LoadProgram(registry, git, webhooks);
            out.println(registry.port() + " " + git.port());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(program.answer(line.split(" ", -1), in, out));
            }
        }
        System.exit(0);
    }

    private String answer(String[] words, BufferedReader in, PrintStream out) throws IOException {
        switch (words[0]) {
            case "image" -> registry.create(words[1], Integer.parseInt(words[2]));
            case "push" -> registry.push(words[1], words[2]);
            case "delay" -> registry.delay(Long.parseLong(words[1]));
            case "requests" -> {
                return registry.lists() + " " + registry.manifests() + " " + git.pushes() + " " + git.intents();
            }
            case "newest-push" -> {
                return git.newest();
            }
            case "send" -> {
                return send(Integer.parseInt(words[1]), in, out);
            }
            default -> {
                return "unknown: " + words[0];
            }
        }
        return "done";
    }

    /** With a line more, as soon as one is answered. */
    private String send(int count, BufferedReader in, PrintStream out) throws IOException {
        List<Webhooks.Webhook> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String[] parts = in.readLine().split(" ", 2);
            all.add(new Webhooks.Webhook(URI.create(parts[0]), parts[1]));
        }
        long begin = System.nanoTime();
        List<Integer> answers = webhooks.send(all, () -> out.println("answering"));
        long took = System.nanoTime() - begin;
        return took + answers.stream().map(code -> " " + code).collect(Collectors.joining());
    }
}
