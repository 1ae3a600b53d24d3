package dev.tidemark.policies.filter;

import dev.tidemark.go.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Adler32;

/**
 * What the status of an ImageRepository says about a scan.
 *
 * @param latestTags the first ten of the stored order: lexical, not by version
 * @param revision Adler-32, in decimal, of the stored tags as a JSON array: changes when the tags do
 */
public record ScanSummary(int tagCount, List<String> latestTags, String revision) {

    private static final int LATEST = 10;

    /** @param storedTags as {@link ExclusionList#retain} gives them */
    public static ScanSummary of(List<String> storedTags) {
        Adler32 checksum = new Adler32();
        String separator = "[";
        for (String tag : storedTags) {
            checksum.update((separator + JsonText.quoted(tag, true)).getBytes(StandardCharsets.UTF_8));
            separator = ",";
        }
        checksum.update((storedTags.isEmpty() ? "[]" : "]").getBytes(StandardCharsets.UTF_8));
        List<String> latest = List.copyOf(storedTags.subList(0, Math.min(LATEST, storedTags.size())));
        return new ScanSummary(storedTags.size(), latest, Long.toString(checksum.getValue()));
    }
}
