package dev.tidemark.renderer.domain.render;

import java.util.ArrayList;
import java.util.List;

/** Splits YAML text at lines that begin with {@code ---} and have nothing else but a comment, as Kubernetes does. */
final class DocumentSplitter {

    private static final String SEPARATOR = "---";

    private DocumentSplitter() {}

    static List<String> split(String text) {
        List<String> documents = new ArrayList<>();
        StringBuilder document = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (separates(line)) {
                documents.add(document.toString());
                document.setLength(0);
            } else {
                document.append(line).append('\n');
            }
        }
        documents.add(document.toString());
        return documents;
    }

    private static boolean separates(String line) {
        if (!line.startsWith(SEPARATOR)) {
            return false;
        }
        String rest = line.substring(SEPARATOR.length()).strip();
        return rest.isEmpty() || rest.startsWith("#");
    }
}
