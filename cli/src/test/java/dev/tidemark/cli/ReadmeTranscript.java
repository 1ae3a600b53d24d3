package dev.tidemark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the README shows of the demo, without what differs from run to run: times, ids, ports and the state folder. */
final class ReadmeTranscript {

    private static final String BEGIN = "<!-- transcript: ./tidemark demo -->\n```console\n$ ./tidemark demo\n";
    private static final String END = "```";

    private ReadmeTranscript() {}

    static String inReadme(Path root) throws IOException {
        String readme = Files.readString(root.resolve("README.md"));
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        return normalised(readme.substring(begin, readme.indexOf(END, begin)), ".tidemark/demo");
    }

    static String normalised(String output, String state) {
        return output.replace(state, "STATE")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                .replaceAll("\\d+ ms", "N ms")
                .replaceAll("commit   [0-9a-f]{7} ", "commit   ID ")
                .strip();
    }
}
