package dev.tidemark.events.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the Javadoc of the contract's types says, by their simple names: the sources are the only place where it is written. */
final class RecordDocs {

    private static final Pattern TYPE = Pattern.compile(
            "/\\*\\*(?<doc>(?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\((?:[^()]|\\([^()]*\\))*\\))?\\s*)*"
                    + "(?:public\\s+)?(?:sealed\\s+)?(?:record|enum|interface)\\s+(?<name>\\w+)",
            Pattern.DOTALL);
    private static final Pattern LINE_START = Pattern.compile("(?m)^\\s*\\*? ?");
    private static final Pattern TAG = Pattern.compile("\\{@(?:code|link)\\s+#?([^}]*)}");
    private static final Pattern PARAM = Pattern.compile("(?s)@param (\\w+) (.*?)(?=@param |$)");

    /**
     * What is said of a type.
     *
     * @param members by the name of the component
     */
    record Doc(String summary, Map<String, String> members) {

        static final Doc NONE = new Doc("", Map.of());
    }

    private final Map<String, Doc> docs = new HashMap<>();

    static RecordDocs below(Path sources) throws IOException {
        RecordDocs read = new RecordDocs();
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                read.read(Files.readString(file));
            }
        }
        return read;
    }

    Doc of(Class<?> type) {
        return docs.getOrDefault(type.getSimpleName(), Doc.NONE);
    }

    private void read(String source) {
        Matcher type = TYPE.matcher(source);
        while (type.find()) {
            String text = plain(type.group("doc"));
            Map<String, String> members = new HashMap<>();
            Matcher param = PARAM.matcher(text);
            while (param.find()) {
                members.put(param.group(1), param.group(2).strip());
            }
            int end = text.indexOf('@');
            docs.put(type.group("name"), new Doc((end < 0 ? text : text.substring(0, end)).strip(), members));
        }
    }

    private static String plain(String doc) {
        String text = LINE_START.matcher(doc).replaceAll(" ").replaceAll("</?p>", " ");
        return String.join(
                " ", List.of(TAG.matcher(text).replaceAll("$1").strip().split("\\s+")));
    }
}
