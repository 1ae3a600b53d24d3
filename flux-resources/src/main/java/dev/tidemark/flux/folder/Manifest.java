package dev.tidemark.flux.folder;

import dev.tidemark.flux.Resource;
import dev.tidemark.flux.source.Problem;
import java.util.List;

/**
 * The objects of one manifest that somebody asks about, read as those of a folder are.
 *
 * @param problems what is wrong with it, and where
 */
public record Manifest(List<Resource<?>> resources, List<Problem> problems) {

    /**
     * Reads one; never throws for what it holds.
     *
     * @param file the name that problems are told under
     */
    public static Manifest read(String file, String text) {
        ManifestReader.Content content = ManifestReader.read(file, text, false);
        return new Manifest(
                content.declared().stream()
                        .<Resource<?>>map(ManifestReader.Declared::resource)
                        .toList(),
                content.problems());
    }
}
