package dev.tidemark.allinone;

import dev.tidemark.runtime.quarkus.ProgressListener;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says what takes its time to who started this process and waits for it: the command line, which names itself. */
@Singleton
public class Foreground implements ProgressListener {

    private final boolean watched;

    Foreground(@ConfigProperty(name = "tidemark.parent-pid") Optional<Long> parent) {
        this.watched = parent.isPresent();
    }

    @Override
    public void tell(String words) {
        if (watched) {
            System.out.println(words);
        }
    }
}
