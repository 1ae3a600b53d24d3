package dev.tidemark.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    private static final Path ROOT = Path.of(System.getProperty("tidemark.root", ".."));

    @Test
    void readsNamesDefaultsAndDescriptions() {
        List<Setting> settings = SettingsReader.read("""
                /** About. */
                @ConfigMapping(prefix = "tidemark.x")
                public interface XConfig {
                    /** How often, see {@code other}. */
                    @WithDefault("5m")
                    Duration pollInterval();

                    Optional<String> name();

                    /** Grouped. */
                    Retry retry();

                    interface Retry {
                        /** How many. */
                        @WithDefault("3")
                        int attempts();
                    }

                    enum Mode {
                        A
                    }

                    int last();
                }
                """);

        assertThat(settings)
                .containsExactly(
                        new Setting("tidemark.x.poll-interval", "Duration", "5m", "How often, see `other`."),
                        new Setting("tidemark.x.name", "Optional<String>", "", ""),
                        new Setting("tidemark.x.retry.attempts", "int", "3", "How many."),
                        new Setting("tidemark.x.last", "int", "", ""));
    }

    /** Run with {@code -Dtidemark.update-docs=true} to write the page anew. */
    @Test
    void thePageSaysWhatTheCodeSays() throws IOException {
        Path page = ROOT.resolve("docs/settings.md");
        String rendered = SettingsPage.render(SettingsReader.below(ROOT));
        if (Boolean.getBoolean("tidemark.update-docs")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, rendered);
        }

        assertThat(page).content().isEqualTo(rendered);
    }
}
