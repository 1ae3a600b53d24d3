package dev.tidemark.renderer.folder;

import dev.tidemark.flux.ResourceSetSpec;
import dev.tidemark.gotemplates.yaml.GoYaml;
import dev.tidemark.renderer.domain.Json;
import dev.tidemark.renderer.domain.KubeObject;
import dev.tidemark.renderer.domain.ObjectId;
import dev.tidemark.renderer.domain.Owner;
import dev.tidemark.renderer.domain.apply.DataAnnotations;
import dev.tidemark.renderer.domain.apply.ObjectAccess;
import dev.tidemark.renderer.domain.apply.ObjectStore;
import dev.tidemark.renderer.domain.apply.ObjectStoreException;
import dev.tidemark.renderer.domain.apply.SetTerms;
import dev.tidemark.renderer.domain.yaml.InvalidYamlException;
import dev.tidemark.renderer.domain.yaml.YamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rendered objects as files, {@code <namespace or _cluster>/<Kind>/<name>.yaml}: what a cluster would be given. A file
 * that no ResourceSet has labelled is not ours and is never touched. Only the owner of the process may read any of it. An object keeps the creation time that its first
 * file had.
 *
 * <p>A folder has no live objects: what needs them is refused (data annotations) or left out and said (dependencies,
 * health, impersonation).
 */
public final class FolderObjectStore implements ObjectStore, ObjectAccess {

    /** In a text of our own: parsing every object in every run would cost more than writing it. */
    private static final Pattern CREATION =
            Pattern.compile("^metadata:\\n(?: .*\\n)*?  creationTimestamp: \"?([0-9TZ:-]+)\"?$", Pattern.MULTILINE);

    private final ObjectPaths paths;
    private final YamlDocuments yaml;
    private final Clock clock;

    public FolderObjectStore(Path folder, YamlDocuments yaml, Clock clock) {
        this.paths = new ObjectPaths(folder);
        paths.tighten();
        this.yaml = yaml;
        this.clock = clock;
    }

    /** Whoever runs this writes all files. */
    @Override
    public ObjectAccess on(SetTerms terms) {
        return this;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void check(KubeObject object, Optional<KubeObject> live) {
        refuseDataAnnotations(object);
    }

    @Override
    public Written apply(KubeObject object, Optional<KubeObject> live) {
        return new Written(apply(object), object);
    }

    Change apply(KubeObject object) {
        refuseDataAnnotations(object);
        Path file = paths.of(object.id());
        Optional<String> before = read(file);
        String created = before.flatMap(FolderObjectStore::creation)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        String text = GoYaml.write(object.created(created).json());
        if (before.isPresent()) {
            if (before.get().equals(text)) {
                tighten(file);
                return Change.UNCHANGED;
            }
            refuseForeign(file, before.get(), object);
        }
        replace(file, text);
        return before.isPresent() ? Change.CONFIGURED : Change.CREATED;
    }

    @Override
    public Optional<KubeObject> find(ObjectId id) {
        return find(paths.of(id)).filter(object -> object.id().equals(id));
    }

    @Override
    public void delete(KubeObject live) {
        Path file = paths.of(live.id());
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ObjectStoreException(file + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public String leftOut(ResourceSetSpec spec) {
        List<String> members = new ArrayList<>();
        if (spec.dependsOn() != null && !spec.dependsOn().isEmpty()) {
            members.add("dependsOn");
        }
        if (spec.waits()) {
            members.add("wait");
        }
        if (spec.serviceAccountName() != null) {
            members.add("serviceAccountName");
        }
        return members.isEmpty() ? "" : "a folder has no live objects, so left out: " + String.join(", ", members);
    }

    /** Whose objects are here, also of ResourceSets that are not declared any more. */
    public Set<Owner> owners() {
        return paths.all().stream().flatMap(file -> owner(file).stream()).collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Owner> owner(Path file) {
        try {
            return find(file).flatMap(Owner::of);
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    private Optional<KubeObject> find(Path file) {
        return read(file).map(text -> parse(file, text));
    }

    private void refuseForeign(Path file, String text, KubeObject object) {
        KubeObject there = parse(file, text);
        if (Owner.of(there).isEmpty()) {
            throw new ObjectStoreException(
                    file + " was not written by a ResourceSet and is left alone: move it away, or rename the object",
                    null);
        }
        if (!there.id().equals(object.id())) {
            throw new ObjectStoreException(
                    file + " holds " + there.apiVersion() + " " + there.id() + ", so " + object.apiVersion()
                            + " has no place: folder mode tells kinds apart by name only",
                    null);
        }
    }

    private KubeObject parse(Path file, String text) {
        try {
            if (yaml.first(text) instanceof Map<?, ?> map) {
                return new KubeObject(Json.object(map));
            }
            throw new ObjectStoreException(file + " is not an object: move it away", null);
        } catch (InvalidYamlException e) {
            throw new ObjectStoreException(file + " is not YAML: move it away (" + e.getMessage() + ")", e);
        }
    }

    private static void refuseDataAnnotations(KubeObject object) {
        DataAnnotations.in(object).ifPresent(annotation -> {
            throw new ObjectStoreException(
                    object.id() + " has the annotation " + annotation
                            + ", which needs a cluster to read from: folder mode cannot apply it",
                    null);
        });
    }

    private static Optional<String> creation(String text) {
        Matcher creation = CREATION.matcher(text);
        return creation.find() ? Optional.of(creation.group(1)) : Optional.empty();
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ObjectStoreException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void replace(Path file, String text) {
        try {
            OwnerFiles.replace(file, text);
        } catch (IOException e) {
            throw new ObjectStoreException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void tighten(Path file) {
        try {
            OwnerFiles.tighten(file);
        } catch (IOException e) {
            throw new ObjectStoreException(file + " cannot be made private: " + e.getMessage(), e);
        }
    }
}
