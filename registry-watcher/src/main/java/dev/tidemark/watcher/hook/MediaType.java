package dev.tidemark.watcher.hook;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code Content-Type} as Go's {@code mime.ParseMediaType} reads it: in any case, with parameters that are well formed. */
final class MediaType {

    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
    private static final Pattern TYPE = Pattern.compile("\\s*(" + TOKEN + "++(?:/" + TOKEN + "++)?)\\s*");
    private static final Pattern NAME = Pattern.compile("\\s*;\\s*(" + TOKEN + "++)\\s*=\\s*");
    private static final Pattern VALUE = Pattern.compile(TOKEN + "++");
    private static final Pattern END = Pattern.compile("\\s*;?\\s*");

    private MediaType() {}

    /** The type in lower case without its parameters, empty where there is none or it is malformed. */
    static Optional<String> of(String header) {
        int parameters = header.indexOf(';');
        Matcher type = TYPE.matcher(parameters < 0 ? header : header.substring(0, parameters));
        return type.matches() && (parameters < 0 || areWellFormed(header.substring(parameters)))
                ? Optional.of(type.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static boolean areWellFormed(String parameters) {
        Set<String> names = new HashSet<>();
        Matcher name = NAME.matcher(parameters);
        int at = 0;
        while (name.region(at, parameters.length()).lookingAt()) {
            at = behindValue(parameters, name.end());
            if (at < 0 || !names.add(name.group(1).toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return END.matcher(parameters).region(at, parameters.length()).matches();
    }

    /** Behind a token or a text in quotes, -1 where there is neither. */
    private static int behindValue(String parameters, int from) {
        if (from < parameters.length() && parameters.charAt(from) == '"') {
            for (int at = from + 1; at < parameters.length(); at++) {
                char c = parameters.charAt(at);
                if (c == '"') {
                    return at + 1;
                }
                at += c == '\\' ? 1 : 0;
            }
            return -1;
        }
        Matcher value = VALUE.matcher(parameters).region(from, parameters.length());
        return value.lookingAt() ? value.end() : -1;
    }

    /** Whether one of the types in a header, which a comma separates, is JSON; what is malformed ends the list. */
    static boolean isJson(String header) {
        for (String part : header.split(",", -1)) {
            Optional<String> type = of(part);
            if (type.isEmpty()) {
                return false;
            }
            if (type.get().equals(JSON)) {
                return true;
            }
        }
        return false;
    }
}
