package dev.tidemark.benchmarks.bench.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Images with a policy and a Receiver each, and automations that share them out among themselves.
 *
 * @param prefix of the names of images and all that belongs to them
 * @param tags of each image in the beginning, {@code 1.0.0} and on
 * @param automations none for images that nobody writes to Git
 */
public record Apps(String prefix, int count, int tags, int automations) {

    static final String NAMESPACE = "apps";
    private static final String TOKEN = "a-token-of-the-benchmark";

    /** The name of an image, its policy and its Receiver. */
    public String name(int app) {
        return prefix + '-' + app;
    }

    /** What the policy selects in the beginning. */
    public String firstTag() {
        return "1.0." + (tags - 1);
    }

    /** A tag that is newer than those of the beginning and of earlier rounds. */
    public static String tag(int round) {
        return "1.1." + round;
    }

    /** The file that its automation writes for an app. */
    public String file(int app) {
        return (automations > 1 ? "group-" + app % automations + '/' : "apps/") + name(app) + ".yaml";
    }

    void createImages(Load load) {
        for (int app = 0; app < count; app++) {
            load.image(name(app), tags);
        }
    }

    void declare(Path manifests, Load load) throws IOException {
        Files.createDirectories(manifests);
        Files.writeString(manifests.resolve("common.yaml"), AppManifests.common(TOKEN, load.git()));
        for (int group = 0; group < automations; group++) {
            String path = automations > 1 ? "./group-" + group : ".";
            Files.writeString(manifests.resolve("group-" + group + ".yaml"), AppManifests.automation(group, path));
        }
        for (int app = 0; app < count; app++) {
            Files.writeString(manifests.resolve(name(app) + ".yaml"), AppManifests.image(name(app), load.registry()));
        }
    }

    /** What stands in Git in the beginning. */
    Map<String, String> files(Load load) {
        Map<String, String> files = new TreeMap<>();
        for (int app = 0; app < count; app++) {
            files.put(file(app), AppManifests.deployment(name(app), load.registry(), firstTag()));
        }
        return files;
    }

    /** A webhook that names the tag. */
    public Load.Webhook webhook(Tidemark tidemark, int app, String tag) {
        return new Load.Webhook(hook(tidemark, app), AppManifests.webhook(name(app), tag));
    }

    /** A webhook that says nothing. */
    public Load.Webhook namelessWebhook(Tidemark tidemark, int app) {
        return new Load.Webhook(hook(tidemark, app), "{}");
    }

    private URI hook(Tidemark tidemark, int app) {
        return tidemark.webhooks().resolve(hook(TOKEN, name(app), NAMESPACE));
    }

    /** Where a Receiver listens (flux-git-based 18.3). */
    static String hook(String token, String name, String namespace) {
        try {
            String secret = token + name + namespace;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return "/hook/" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
