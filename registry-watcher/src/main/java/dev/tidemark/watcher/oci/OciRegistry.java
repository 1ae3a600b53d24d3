package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.flux.Redaction;
import dev.tidemark.flux.cache.Resources;
import dev.tidemark.flux.secret.SecretReader;
import dev.tidemark.runtime.time.Scheduler;
import dev.tidemark.watcher.domain.ContentDigest;
import dev.tidemark.watcher.domain.Registry;
import dev.tidemark.watcher.domain.Urgency;
import dev.tidemark.watcher.domain.budget.Ceiling;
import dev.tidemark.watcher.domain.budget.RequestStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Registries that speak the OCI distribution API, v2 (registries 2). */
public final class OciRegistry implements Registry, AutoCloseable {

    /** Without all of them some registries answer 404 to a tag that exists, or convert an index (registries 2.7). */
    static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.v1+prettyjws");

    /** Manifests are small; registries refuse larger ones themselves. */
    private static final int MAX_MANIFEST = 4 * 1024 * 1024;

    /** Codes with which a registry says that it shows nothing at all, which says nothing about a tag. */
    private static final Set<String> NO_ACCESS = Set.of("NAME_UNKNOWN", "NAME_INVALID", "DENIED", "UNAUTHORIZED");

    /** A list waits for its place for as long: its host asks for patience, or answers very slowly. */
    private static final Duration LONGEST_QUEUE = Duration.ofMinutes(10);

    private final Resources resources;
    private final SecretReader secrets;
    private final Map<String, URI> mirrors;
    private final Scheduler scheduler;
    private final Clock clock;
    private final RegistryHttp http;
    private final TagPages pages;
    private final Schemes schemes;
    private final HttpClients clients;
    private final Turns turns;
    private final HostBudgets budgets;

    /**
     * How much is asked at most.
     *
     * @param ceiling of a host with one credential
     * @param hosts requests a second to one host, of all credentials together; Docker Hub has such a limit by itself
     */
    public record Limits(Ceiling ceiling, Map<String, Double> hosts) {}

    /**
     * @param resources where ServiceAccounts are
     * @param secrets read with every walk: a renewed one takes effect at once
     * @param mirrors by registry host the base URL that is asked instead
     */
    public OciRegistry(
            Resources resources, SecretReader secrets, Map<String, URI> mirrors, Limits limits, Scheduler scheduler) {
        this(resources, secrets, mirrors, limits, scheduler, RequestListener.NOBODY);
    }

    /** @param listener hears how each host answers */
    public OciRegistry(
            Resources resources,
            SecretReader secrets,
            Map<String, URI> mirrors,
            Limits limits,
            Scheduler scheduler,
            RequestListener listener) {
        this(resources, secrets, mirrors, limits, scheduler, listener, pause -> {
            var unused = scheduler.await(new CompletableFuture<Boolean>(), pause);
        });
    }

    OciRegistry(
            Resources resources,
            SecretReader secrets,
            Map<String, URI> mirrors,
            Limits limits,
            Scheduler scheduler,
            RegistryHttp.Pause pause) {
        this(resources, secrets, mirrors, limits, scheduler, RequestListener.NOBODY, pause);
    }

    private OciRegistry(
            Resources resources,
            SecretReader secrets,
            Map<String, URI> mirrors,
            Limits limits,
            Scheduler scheduler,
            RequestListener listener,
            RegistryHttp.Pause pause) {
        this.resources = resources;
        this.secrets = secrets;
        this.mirrors = canonical(mirrors);
        this.scheduler = scheduler;
        this.clock = scheduler.clock();
        this.schemes = new Schemes(clock);
        this.turns = new Turns(scheduler, pause);
        this.budgets = new HostBudgets(limits.ceiling(), limits.hosts(), scheduler, listener);
        this.http = new RegistryHttp(turns, clock, pause);
        this.pages = new TagPages(http);
        this.clients = new HttpClients();
    }

    /** By whatever spelling a mirror is set for a registry. */
    private static Map<String, URI> canonical(Map<String, URI> mirrors) {
        Map<String, URI> canonical = new HashMap<>();
        mirrors.forEach((host, base) -> {
            String spelling = RegistryHost.canonical(host);
            URI before = canonical.put(spelling, base);
            if (before != null && !before.equals(base)) {
                throw new IllegalArgumentException(
                        "two mirrors are set for " + spelling + ": " + before + " and " + base);
            }
        });
        return Map.copyOf(canonical);
    }

    @Override
    public Listing list(Place place, Urgency urgency, TagSink sink) {
        Asked asked = new Asked(RequestStream.Kind.LISTING, urgency, sink::pageEnd);
        return inSession(place, asked, failed -> failed, (session, guard) -> {
            pages.walk(session, sink, guard);
            return new Listing.Complete();
        });
    }

    @Override
    public Resolution resolve(Place place, Urgency urgency, String tag) {
        Asked asked = new Asked(RequestStream.Kind.TAG, urgency, () -> {});
        return inSession(place, asked, failed -> failed, (session, guard) -> resolve(session, tag, guard));
    }

    /** Runs what is to be asked; whatever ends it early is a failure whose message has no secret. */
    private <T> T inSession(Place place, Asked asked, Function<Failed, ? extends T> failure, Walk<T> walk) {
        Redaction redaction = Redaction.ofUrls();
        AccessSecrets used = new AccessSecrets(secrets, place.access().namespace());
        try (RegistryHttp.Session session = session(place, used, asked)) {
            redaction = http.redaction(session);
            try {
                return guarded(session, walk);
            } finally {
                // A token that was fetched meanwhile is a secret too.
                redaction = http.redaction(session);
            }
        } catch (RegistryException e) {
            if (e.isRefusal()) {
                used.refused();
            }
            return failure.apply(e.failed(redaction));
        } catch (InterruptedException e) {
            throw stopped();
        } catch (RuntimeException fault) {
            throw redaction.masked(fault);
        }
    }

    private static CancellationException stopped() {
        Thread.currentThread().interrupt();
        return new CancellationException("stopped while asking a registry");
    }

    private Resolution resolve(RegistryHttp.Session session, String tag, Guard guard)
            throws RegistryException, InterruptedException, IOException {
        URI manifest = session.endpoint().manifest(tag);
        HttpResponse<InputStream> head = http.send(session, "HEAD", manifest, MANIFESTS);
        head.body().close();
        String digest = head.headers().firstValue("Docker-Content-Digest").orElse("");
        if (head.statusCode() == 200 && ContentDigest.isValid(digest)) {
            return new Resolution.Found(digest);
        }
        // An answer to HEAD has no body: only GET tells a missing tag from missing access, and shows what to hash.
        HttpResponse<InputStream> get = http.send(session, "GET", manifest, MANIFESTS);
        try (InputStream body = guard.watch(get.body())) {
            return switch (get.statusCode()) {
                case 200 -> new Resolution.Found(digestOf(session, get, body));
                case 404 -> missing(session, ErrorBody.code(body));
                default ->
                    throw new RegistryException(
                            ScanFailure.UNREADABLE_ANSWER,
                            session.endpoint().authority() + " answers HTTP " + get.statusCode()
                                    + ErrorBody.read(body));
            };
        }
    }

    private static Resolution missing(RegistryHttp.Session session, String code) throws RegistryException {
        if (NO_ACCESS.contains(code)) {
            throw new RegistryException(
                    ScanFailure.NOT_FOUND,
                    code + ": " + session.endpoint().authority() + " has no repository '"
                            + session.endpoint().repository() + "' (HTTP 404), "
                            + session.login().hidden());
        }
        return new Resolution.Gone();
    }

    private static String digestOf(RegistryHttp.Session session, HttpResponse<?> response, InputStream body)
            throws IOException, RegistryException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        byte[] manifest = body.readNBytes(MAX_MANIFEST + 1);
        if (manifest.length > MAX_MANIFEST || type.contains("html") || manifest.length == 0 || manifest[0] != '{') {
            throw new TagListReader(session.endpoint().authority()).unreadable("no manifest came back");
        }
        String digest = response.headers().firstValue("Docker-Content-Digest").orElse("");
        if (ContentDigest.isValid(digest)) {
            return digest;
        }
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(manifest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private RegistryHttp.Session session(Place place, AccessSecrets used, Asked asked)
            throws RegistryException, InterruptedException {
        if (place.access().provider() != null) {
            throw new RegistryException(
                    ScanFailure.CONFIGURATION,
                    "provider '" + place.access().provider()
                            + "' is not served yet: use provider 'generic' with a docker config Secret");
        }
        Transport transport = clients.forAccess(used, place.access());
        Endpoint endpoint = schemes.choose(transport, Endpoint.of(place.feed().image(), place.access(), mirrors));
        Login login = Logins.find(resources, used, place.access(), endpoint.authority(), endpoint.repository());
        boolean listing = asked.kind() == RequestStream.Kind.LISTING;
        Instant began = clock.instant();
        HostRequests.Stream requests = budgets.of(endpoint, place.feed().profile()).stream(
                asked.kind(), asked.urgency(), endpoint.repository());
        try {
            Instant latest = began.plus(listing ? LONGEST_QUEUE : place.timeout());
            turns.awaitPlace(requests, endpoint, latest, asked.meanwhile());
        } catch (RegistryException | InterruptedException | RuntimeException notBegun) {
            requests.close();
            throw notBegun;
        }
        // that we ask much is not a long list's fault
        Instant deadline = (listing ? clock.instant() : began).plus(place.timeout());
        return new RegistryHttp.Session(transport, endpoint, login, requests, deadline);
    }

    /** Closes a body that does not end: the request's timeout ends with the headers. */
    final class Guard {
        private final RegistryHttp.Session session;

        Guard(RegistryHttp.Session session) {
            this.session = session;
        }

        InputStream watch(InputStream body) {
            Duration left = Duration.between(clock.instant(), session.deadline());
            Scheduler.Timer alarm = scheduler.after(left, () -> {
                var unused = scheduler.start("registry deadline", () -> closeQuietly(body));
            });
            return new FilterInputStream(body) {
                @Override
                public void close() throws IOException {
                    alarm.cancel();
                    super.close();
                }
            };
        }

        private static void closeQuietly(InputStream body) {
            try {
                body.close();
            } catch (IOException alreadyBroken) {
                // the reader hears of it
            }
        }
    }

    /** @param meanwhile what to do while it waits for its place */
    private record Asked(RequestStream.Kind kind, Urgency urgency, Runnable meanwhile) {}

    @FunctionalInterface
    private interface Walk<T> {
        T run(RegistryHttp.Session session, Guard guard) throws RegistryException, InterruptedException, IOException;
    }

    private <T> T guarded(RegistryHttp.Session session, Walk<T> walk) throws RegistryException, InterruptedException {
        try {
            return walk.run(session, new Guard(session));
        } catch (IOException e) {
            if (Causes.isStop(e)) {
                throw new InterruptedException();
            }
            schemes.forget(session.endpoint());
            throw new RegistryException(
                    ScanFailure.UNREACHABLE,
                    session.endpoint().authority() + " stopped in the middle of its answer: " + Causes.of(e));
        } catch (RegistryException e) {
            if (e.reason() == ScanFailure.UNREACHABLE) {
                schemes.forget(session.endpoint());
            }
            throw e;
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
