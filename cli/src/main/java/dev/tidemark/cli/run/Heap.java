package dev.tidemark.cli.run;

import dev.tidemark.cli.error.UserError;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory the services may use for their objects: a share of the machine or container, or a fixed size. What is
 * not used is not taken, and what is not used any more is given back.
 *
 * @param flags as the JVM takes them
 */
record Heap(List<String> flags) {

    /** Says the limit for {@code up} and {@code demo}. */
    static final String ENVIRONMENT = "TIDEMARK_HEAP";

    /**
     * A quarter of the machine or container, beside other programs. That is what a JVM takes by itself; said as a flag, it
     * would win over what JAVA_TOOL_OPTIONS says.
     */
    static final Heap DEFAULT = new Heap(List.of());

    /** With less the services do not come up, or end at the first scan. */
    private static final int LEAST_MEGABYTES = 64;

    private static final Pattern SHARE = Pattern.compile("(?<share>[1-9]\\d?)%");
    private static final Pattern SIZE = Pattern.compile("(?<size>[1-9]\\d{0,5})(?<unit>[mMgG])");

    /**
     * Reads {@code 25%}, {@code 512m} or {@code 2g}.
     *
     * @throws UserError if it is something else
     */
    static Heap of(String text) {
        Matcher share = SHARE.matcher(text);
        if (share.matches()) {
            return new Heap(List.of("-XX:MaxRAMPercentage=" + share.group("share")));
        }
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            if (megabytes(size) < LEAST_MEGABYTES) {
                throw new UserError(
                        "'" + text + "' in " + ENVIRONMENT + " is too little for the services: write at least "
                                + LEAST_MEGABYTES + "m, or a share of the machine such as 25%.");
            }
            return new Heap(List.of("-Xmx" + size.group("size") + size.group("unit")));
        }
        throw new UserError("'" + text + "' in " + ENVIRONMENT
                + " is not a size of memory: write a share of the machine such as 25%, or a size such as 512m or 2g.");
    }

    private static long megabytes(Matcher size) {
        long number = Long.parseLong(size.group("size"));
        return size.group("unit").equalsIgnoreCase("g") ? number * 1024 : number;
    }

    /** What {@code TIDEMARK_HEAP} says, or else nothing here. */
    static Heap fromEnvironment() {
        String text = System.getenv(ENVIRONMENT);
        return text == null || text.isBlank() ? DEFAULT : of(text.strip());
    }
}
