package dev.tidemark.allinone.deploy;

import dev.tidemark.committer.app.GitCommitter;
import dev.tidemark.evaluation.declare.PolicySources;
import dev.tidemark.flux.Kind;
import dev.tidemark.flux.Kinds;
import dev.tidemark.flux.delivery.AlertDelivery;
import dev.tidemark.flux.status.StatusWriters;
import dev.tidemark.renderer.app.GitlessRendererModule;
import dev.tidemark.watcher.reconcile.WatcherResources;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a service asks an API server for. What it reads is what its code names, whose status it writes stands in
 * {@link StatusWriters}; each reads whom to tell of events.
 *
 * @param others what it does beside that
 */
record ServiceAccess(String service, Set<Kind<?>> reads, List<Right> others) {

    static final List<ServiceAccess> ALL = List.of(
            new ServiceAccess(
                    "registry-watcher",
                    WatcherResources.KINDS,
                    // what a webhook wakes that is no feed
                    List.of(
                            Right.to("get", Kinds.SECRET),
                            Right.to("patch", Kinds.IMAGE_UPDATE_AUTOMATION),
                            Right.to("patch", Kinds.RESOURCE_SET))),
            new ServiceAccess("policy-evaluator", PolicySources.KINDS, List.of()),
            new ServiceAccess("git-committer", GitCommitter.KINDS, List.of(Right.to("get", Kinds.SECRET))),
            new ServiceAccess(
                    "gitless-renderer",
                    GitlessRendererModule.KINDS,
                    // the patch for the finalizer of a set that is deleted
                    List.of(Right.to("impersonate", Kinds.SERVICE_ACCOUNT), Right.to("patch", Kinds.RESOURCE_SET))));

    /** What those of all services are together. */
    static Set<Right> rightsOfAll() {
        return ALL.stream().flatMap(access -> access.rights().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All that it needs, and nothing else. */
    Set<Right> rights() {
        return Stream.of(
                        Stream.concat(reads.stream(), AlertDelivery.KINDS.stream())
                                .flatMap(kind -> Right.each(kind, "get", "list", "watch")),
                        Kinds.all().stream()
                                .filter(kind -> StatusWriters.of(kind.name()).equals(service))
                                .map(kind -> Right.toStatus("patch", kind)),
                        others.stream(),
                        Stream.of(new Right("create", "", "events", ""), new Right("patch", "", "events", "")))
                .flatMap(rights -> rights)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return service;
    }
}
