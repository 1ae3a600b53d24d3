package dev.tidemark.systemtests;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Draws tags that were never pushed before: newer ones, older ones, and ones that a policy does not select. */
final class Tags {

    private final Random random;
    private final Map<String, Integer> minors = new HashMap<>();
    private final Map<String, Integer> majors = new HashMap<>();
    private int number;

    Tags(Random random) {
        this.random = random;
    }

    String next(String repository) {
        number++;
        return switch (random.nextInt(10)) {
            case 0 -> "1." + minor(repository) + "." + number; // a patch of the newest
            case 1 -> "1." + (minor(repository) - 1) + "." + number; // late: older than what is selected
            case 2 -> "2." + majors.merge(repository, 1, Integer::sum) + ".0"; // perhaps not allowed
            case 3 -> odd(repository);
            default -> "1." + minors.merge(repository, 2, (minor, one) -> minor + 1) + ".0";
        };
    }

    private String odd(String repository) {
        return switch (random.nextInt(3)) {
            case 0 -> "1." + (minor(repository) + 1) + ".0-rc." + number;
            case 1 -> "main-" + Integer.toHexString(number);
            default -> "nightly" + number;
        };
    }

    /** Every repository begins with 1.1.0. */
    private int minor(String repository) {
        return minors.getOrDefault(repository, 1);
    }
}
