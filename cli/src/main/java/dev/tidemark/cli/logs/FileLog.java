package dev.tidemark.cli.logs;

import dev.tidemark.cli.error.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log of a state folder, written on this machine. */
public final class FileLog implements Log {

    private static final Duration POLL = Duration.ofMillis(200);

    /** A line that is longer is shown in pieces. */
    private static final int BLOCK = 1 << 20;

    private static final Pattern PLAIN =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}:\\d{2})[,.](\\d{1,9})");
    private static final Pattern JSON = Pattern.compile("\\{\"timestamp\":\"([^\"]{1,40})\"");

    private final Path file;
    private final ZoneId zone;
    private Instant newest = Instant.EPOCH;
    private long end;

    /** @param zone of whoever writes it */
    public FileLog(Path file, ZoneId zone) {
        this.file = file;
        this.zone = zone;
    }

    @Override
    public List<LogLine> last(int tail, Optional<Instant> since) {
        try {
            end = Files.size(file);
            List<LogLine> all = new ArrayList<>();
            try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
                lines.map(this::line)
                        .filter(line -> since.isEmpty() || !line.at().isBefore(since.get()))
                        .forEach(all::add);
            }
            return all;
        } catch (NoSuchFileException e) {
            throw new UserError("there is no log at " + file + ": nothing has run on this state folder yet.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the log " + file + " cannot be read", e);
        }
    }

    /** What has no time of its own goes with the line before. */
    private LogLine line(String text) {
        time(text).ifPresent(time -> newest = time);
        return new LogLine(newest, "", text);
    }

    private Optional<Instant> time(String text) {
        try {
            Matcher plain = PLAIN.matcher(text);
            if (plain.lookingAt()) {
                return Optional.of(LocalDateTime.parse(plain.group(1) + 'T' + plain.group(2) + '.' + plain.group(3))
                        .atZone(zone)
                        .toInstant());
            }
            Matcher json = JSON.matcher(text);
            return json.lookingAt()
                    ? Optional.of(OffsetDateTime.parse(json.group(1)).toInstant())
                    : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    @Override
    public void follow(Consumer<LogLine> shown) throws InterruptedException {
        while (true) {
            Thread.sleep(POLL);
            try {
                end = showFrom(end, shown);
            } catch (IOException e) {
                throw new UncheckedIOException("the log " + file + " cannot be read", e);
            }
        }
    }

    /** Shows the whole lines that were added; a file that became shorter was replaced and is read from its start. */
    private long showFrom(long position, Consumer<LogLine> shown) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long begin = log.length() < position ? 0 : position;
            byte[] added = new byte[(int) Math.min(log.length() - begin, BLOCK)];
            log.seek(begin);
            log.readFully(added);
            int whole = wholeLines(added);
            new String(added, 0, whole, StandardCharsets.UTF_8)
                    .lines()
                    .map(this::line)
                    .forEach(shown);
            return begin + whole;
        }
    }

    private static int wholeLines(byte[] text) {
        for (int at = text.length; at > 0; at--) {
            if (text[at - 1] == '\n') {
                return at;
            }
        }
        return text.length == BLOCK ? BLOCK : 0;
    }
}
