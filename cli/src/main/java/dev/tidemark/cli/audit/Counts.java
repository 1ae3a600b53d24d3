package dev.tidemark.cli.audit;

import java.util.Locale;

/** Numbers for people. */
final class Counts {

    private Counts() {}

    /** {@code 1 record}, {@code 1,204 records}. */
    static String of(long number, String what) {
        return of(number, what, what + 's');
    }

    static String of(long number, String one, String more) {
        return text(number) + ' ' + (number == 1 ? one : more);
    }

    static String text(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
