package dev.tidemark.watcher.oci;

import dev.tidemark.events.Event.ScanFailure;
import dev.tidemark.watcher.domain.FeedWorker;
import dev.tidemark.watcher.domain.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Walks through all pages of a tag list, with the quirks of registries in practice (registries 2.2). */
final class TagPages {

    /** Tried in this order, the first that a host accepts is kept: some refuse 1000, some any size. */
    private static final List<Integer> PAGE_SIZES = List.of(1000, 100, 0);

    /** Half a million tags in the smallest pages that registries make. */
    private static final int MAX_PAGES = 10_000;

    private final RegistryHttp http;
    private final Map<String, Integer> sizeIndex = new ConcurrentHashMap<>();

    TagPages(RegistryHttp http) {
        this.http = http;
    }

    void walk(RegistryHttp.Session session, Registry.TagSink sink, OciRegistry.Guard guard)
            throws RegistryException, InterruptedException, IOException {
        TagListReader reader = new TagListReader(session.endpoint().authority());
        Set<String> asked = new HashSet<>();
        String query = firstQuery(session);
        boolean guessed = false;
        while (true) {
            if (asked.size() == MAX_PAGES) {
                throw reader.unreadable("it has more than " + MAX_PAGES + " pages");
            }
            asked.add(query);
            HttpResponse<InputStream> response =
                    http.send(session, "GET", session.endpoint().tags(query), "application/json");
            try (InputStream body = guard.watch(response.body())) {
                if (asked.size() == 1 && refusesSize(session, response.statusCode())) {
                    asked.clear();
                    query = firstQuery(session);
                    continue;
                }
                if (guessed && response.statusCode() == 404) {
                    return;
                }
                check(session, response, body);
                Page page = new Page(sink);
                reader.read(body, page::take);
                Optional<String> next = Headers.next(response.headers());
                if (page.fresh == 0 && (guessed || page.count == 0)) {
                    return;
                }
                if (next.isPresent()) {
                    query = nextQuery(session, next.get());
                } else if (page.count == pageSize(session) && FeedWorker.isTag(page.last)) {
                    // No link after a full page: some registries never send one.
                    query = "n=" + page.count + "&last=" + page.last;
                    guessed = true;
                } else {
                    return;
                }
                if (asked.contains(query)) {
                    throw reader.unreadable("its pages go round in a circle");
                }
            }
            sink.pageEnd();
        }
    }

    private int pageSize(RegistryHttp.Session session) {
        return PAGE_SIZES.get(sizeIndex.getOrDefault(session.endpoint().authority(), 0));
    }

    private String firstQuery(RegistryHttp.Session session) {
        int size = pageSize(session);
        return size == 0 ? "" : "n=" + size;
    }

    private boolean refusesSize(RegistryHttp.Session session, int status) {
        String authority = session.endpoint().authority();
        int index = sizeIndex.getOrDefault(authority, 0);
        if ((status == 400 || status == 405) && index + 1 < PAGE_SIZES.size()) {
            sizeIndex.put(authority, index + 1);
            return true;
        }
        return false;
    }

    private static void check(RegistryHttp.Session session, HttpResponse<?> response, InputStream body)
            throws RegistryException {
        int status = response.statusCode();
        String authority = session.endpoint().authority();
        if (status == 404) {
            String error = ErrorBody.read(body);
            throw new RegistryException(
                    ScanFailure.NOT_FOUND,
                    (error.isEmpty() ? "NAME_UNKNOWN" : error.substring(2)) + ": " + authority + " has no repository '"
                            + session.endpoint().repository() + "' (HTTP 404), "
                            + session.login().hidden());
        }
        if (status != 200) {
            throw new RegistryException(
                    ScanFailure.UNREADABLE_ANSWER, authority + " answers HTTP " + status + ErrorBody.read(body));
        }
        if (response.headers().firstValue("Content-Type").orElse("").contains("html")) {
            throw new TagListReader(authority).unreadable("it answers with HTML instead of JSON");
        }
    }

    /**
     * Takes only the query of the link, byte for byte: cursors are opaque, and the way to the registry stays ours. A
     * link to another host is refused.
     */
    private static String nextQuery(RegistryHttp.Session session, String link) throws RegistryException {
        URI own = session.endpoint().tags("");
        try {
            URI target = own.resolve(link);
            String query = target.getRawQuery();
            boolean sameHost = target.getRawAuthority() != null
                    && target.getRawUserInfo() == null
                    && Origin.of(own).host().equals(Origin.of(target).host());
            boolean sameList =
                    target.getRawPath() != null && target.getRawPath().endsWith("/tags/list");
            if (sameHost && sameList && own.getScheme().equalsIgnoreCase(target.getScheme()) && query != null) {
                return query;
            }
        } catch (IllegalArgumentException notAUrl) {
            // told below
        }
        throw new RegistryException(
                ScanFailure.UNREADABLE_ANSWER,
                session.endpoint().authority() + " names a next page that is not followed: '" + link + "'");
    }

    private static final class Page {
        private final Registry.TagSink sink;
        private int count;
        private int fresh;
        private String last = "";

        Page(Registry.TagSink sink) {
            this.sink = sink;
        }

        void take(String tag) {
            count++;
            last = tag;
            if (sink.tag(tag)) {
                fresh++;
            }
        }
    }
}
