package dev.tidemark.testkit.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The vectors of one family, as far as the runner looks at them.
 *
 * @param family the file's name without {@code .json}
 * @param ids of its cases, in order, each once
 * @param problems what is wrong with the file or with a case of it: each counts as a failed case of this family alone
 */
record VectorFile(String family, Set<String> ids, List<String> problems) {

    private static final String ENDING = ".json";

    /** The files of a folder, by name. */
    static List<VectorFile> in(Path folder) throws VectorRunException {
        if (!Files.isDirectory(folder)) {
            throw new VectorRunException(folder + " is not a folder: name one with vectors, FAMILY.json each");
        }
        List<VectorFile> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                if (entry.toString().endsWith(ENDING)) {
                    files.add(read(entry));
                }
            }
        } catch (IOException e) {
            throw new VectorRunException(folder + " cannot be read: " + e);
        }
        if (files.isEmpty()) {
            throw new VectorRunException(folder + " has no vectors: they are files named FAMILY.json");
        }
        return files;
    }

    private static VectorFile read(Path file) {
        VectorFile vectors = new VectorFile(family(file), new LinkedHashSet<>(), new ArrayList<>());
        try {
            vectors.addCases(file, JsonReader.read(Files.readString(file)));
        } catch (IOException e) {
            vectors.problems.add(file + " cannot be read as UTF-8 text: " + e);
        } catch (Json.Malformed e) {
            vectors.problems.add(file + " is not JSON: " + e.getMessage());
        }
        return vectors;
    }

    private static String family(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ENDING.length());
    }

    private void addCases(Path file, Json json) {
        if (!(json instanceof Json.Members(var members))
                || !(members.get("cases") instanceof Json.Elements(var cases))
                || cases.isEmpty()) {
            problems.add(file + " has no cases: an object with a list 'cases' is expected");
            return;
        }
        int number = 0;
        for (Json one : cases) {
            number++;
            if (!(one instanceof Json.Members(var fields)) || !(fields.get("id") instanceof Json.Text(String id))) {
                problems.add(file + " has a case without an 'id': case number " + number + " in its list");
            } else if (!ids.add(id)) {
                problems.add(file + " has two cases with the id " + id);
            }
        }
    }
}
