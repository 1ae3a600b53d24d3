package dev.tidemark.watcher.domain;

import dev.tidemark.events.Feed;
import dev.tidemark.flux.AccessProfile;
import dev.tidemark.flux.ImageRepositorySpec;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.LocalRef;
import dev.tidemark.flux.Resource;
import dev.tidemark.flux.ResourceId;
import dev.tidemark.flux.ResourceSetInputProviderSpec;
import dev.tidemark.flux.ServiceAccountContent;
import dev.tidemark.flux.cache.Index;
import dev.tidemark.flux.cache.Resources;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a Secret or a ServiceAccount back to the feeds that are scanned with it. */
public final class AccessReferences {

    private static final Index<ImageRepositorySpec> REPOSITORIES =
            new Index<>(Kinds.IMAGE_REPOSITORY, AccessReferences::referred);

    private static final Index<ResourceSetInputProviderSpec> PROVIDERS =
            new Index<>(Kinds.RESOURCE_SET_INPUT_PROVIDER, AccessReferences::referred);

    private static final Index<ServiceAccountContent> SERVICE_ACCOUNTS =
            new Index<>(Kinds.SERVICE_ACCOUNT, AccessReferences::pullSecrets);

    public static final List<Index<?>> INDEXES = List.of(REPOSITORIES, PROVIDERS, SERVICE_ACCOUNTS);

    private AccessReferences() {}

    /** The feeds whose access profile names this, or names a ServiceAccount that does. */
    public static Set<Feed> feeds(Resources resources, ResourceId read) {
        Set<Feed> feeds = new HashSet<>();
        add(feeds, resources, read.toString());
        if (read.kind().equals(Kinds.SECRET.name())) {
            resources
                    .all(SERVICE_ACCOUNTS, read.toString())
                    .forEach(account -> add(feeds, resources, account.id().toString()));
        }
        return feeds;
    }

    private static void add(Set<Feed> feeds, Resources resources, String read) {
        Stream.concat(resources.all(REPOSITORIES, read).stream(), resources.all(PROVIDERS, read).stream())
                .flatMap(resource -> FeedDeclaration.of(resource).watched().stream())
                .forEach(watched -> feeds.add(watched.feed()));
    }

    private static Set<String> referred(Resource<?> resource) {
        Set<String> referred = new HashSet<>();
        FeedDeclaration.of(resource).watched().ifPresent(watched -> {
            AccessProfile access = watched.access();
            add(referred, Kinds.SECRET, access.namespace(), access.secret());
            add(referred, Kinds.SECRET, access.namespace(), access.certificates());
            add(referred, Kinds.SECRET, access.namespace(), access.proxy());
            add(referred, Kinds.SERVICE_ACCOUNT, access.namespace(), access.serviceAccount());
        });
        return referred;
    }

    private static Set<String> pullSecrets(Resource<ServiceAccountContent> account) {
        Set<String> referred = new HashSet<>();
        List<LocalRef> secrets = account.spec().imagePullSecrets();
        if (secrets != null) {
            secrets.forEach(secret -> add(referred, Kinds.SECRET, account.namespace(), secret.name()));
        }
        return referred;
    }

    private static void add(Set<String> referred, Kind<?> kind, String namespace, @Nullable String name) {
        if (name != null) {
            referred.add(new ResourceId(kind.name(), namespace, name).toString());
        }
    }
}
