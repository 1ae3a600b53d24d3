package dev.tidemark.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVM that all-in-one runs in. */
record Jvm(String java, Path jar, Heap heap, ClassCache classes) {

    /** Small at rest and on a laptop; {@code benchmarks/results/start.md} and {@code memory.md} have the figures. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            // smaller, a start collects forty times instead of ten; at rest it shrinks to what is held
            "-XX:InitialHeapSize=64m",
            "-XX:MinHeapSize=16m",
            // with the second compiler a start costs half as much again, and 25 MB at rest (ADR 35)
            "-XX:TieredStopAtLevel=1",
            // what a collection leaves is what is needed: the rest goes back to the machine
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:-ShrinkHeapInSteps",
            // the JVM keeps what is only worth keeping for a second per free megabyte: hours, where the machine is
            // large
            "-XX:SoftRefLRUPolicyMSPerMB=1",
            // half dead is worse than dead: who started it says so and can start it again
            "-XX:+ExitOnOutOfMemoryError",
            // so that who started it hears why the JVM itself does not start, such as a heap that the machine cannot
            // have; about a cache that is not this build's there is nothing to hear
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-Xlog:all=warning,aot*=off,cds*=off:stderr",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    static Jvm of(Installation installation) {
        return new Jvm(
                ProcessHandle.current().info().command().orElse("java"),
                installation.allInOne(),
                Heap.fromEnvironment(),
                ClassCache.of(installation));
    }

    /** The whole command line. */
    List<String> command(List<String> properties) {
        List<String> command = new ArrayList<>();
        command.addAll(begin());
        command.addAll(heap.flags());
        command.addAll(classes.flags());
        command.addAll(properties);
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /** The part of the command line that a cache depends on: one made with other flags has nothing linked ahead. */
    List<String> begin() {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(FLAGS);
        return command;
    }
}
