package dev.tidemark.flux.folder;

import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.folder.ManifestFiles.Stamp;
import dev.tidemark.flux.folder.ManifestReader.Content;
import dev.tidemark.flux.folder.ManifestReader.Declared;
import dev.tidemark.flux.source.Problem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Reads manifests from files and out of kustomize, whatever they are. Of Secrets it keeps what they hold only where somebody
 * has asked for them.
 */
final class ManifestText {

    private static final System.Logger LOG = System.getLogger(ManifestText.class.getName());

    private final boolean strict;
    private final Set<ResourceId> asked;

    /**
     * @param strict whether unknown members are an error
     * @param asked the Secrets that somebody has asked for
     */
    ManifestText(boolean strict, Set<ResourceId> asked) {
        this.strict = strict;
        this.asked = asked;
    }

    Content of(Path file, Stamp stamp) {
        if (stamp.size() > ManifestReader.MAX_BYTES) {
            return tooLarge(file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) ManifestReader.MAX_BYTES + 1);
            return bytes.length > ManifestReader.MAX_BYTES
                    ? tooLarge(file)
                    : withoutSecrets(ManifestReader.read(file.toString(), bytes, strict));
        } catch (NoSuchFileException gone) {
            return Content.unreadable(Severity.ERROR, file.toString(), "was there and is gone: looked at again");
        } catch (IOException e) {
            return Content.unreadable(Severity.ERROR, file.toString(), "cannot be read: check who may read it");
        } catch (Throwable fault) {
            return unexpected(file, fault);
        }
    }

    /** What the tool makes of the folder that the file lies in. */
    Content built(Path file, Kustomize tool) {
        Path folder = file.toAbsolutePath().resolveSibling("").normalize();
        try {
            return switch (tool.build(folder)) {
                case Kustomize.Outcome.Built(String text) ->
                    withoutSecrets(ManifestReader.read(folder + " (built by " + tool.name() + ")", text, strict));
                case Kustomize.Outcome.Failed(String why) -> Content.unreadable(Severity.ERROR, file.toString(), why);
            };
        } catch (Throwable fault) {
            return unexpected(file, fault);
        }
    }

    private Content withoutSecrets(Content content) {
        return content.with(content.declared().stream().map(this::withoutSecret).toList());
    }

    private Declared withoutSecret(Declared declared) {
        return declared.resource()
                .as(Kinds.SECRET)
                .filter(secret -> !asked.contains(secret.id()))
                .map(secret -> new Declared(
                        new Resource<>(
                                Kinds.SECRET, secret.metadata(), secret.spec().withoutEntries()),
                        declared.where(),
                        declared.text()))
                .orElse(declared);
    }

    private static Content tooLarge(Path file) {
        return Content.unreadable(
                Severity.ERROR,
                file.toString(),
                "is larger than " + ManifestReader.MAX_BYTES / 1_000_000 + " MB, of which nothing is read: split it");
    }

    /** A fault of ours costs that file and nothing else. The log has what we need to mend it, without a value of the file. */
    private static Content unexpected(Path file, Throwable fault) {
        RuntimeException place = new IllegalStateException(fault.getClass().getName());
        place.setStackTrace(fault.getStackTrace());
        LOG.log(Level.ERROR, "an unexpected fault while reading " + file, place);
        return Content.unreadable(
                Severity.ERROR, file.toString(), "cannot be read because of a fault in Tidemark: please report it");
    }
}
