package dev.tidemark.runtime.quarkus;

import dev.tidemark.runtime.PrivateFiles;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Before a service writes its first file: nobody else on the machine reads what it writes. */
@Singleton
public class FilePermissions {

    void fromTheStart(@Observes @Priority(Integer.MIN_VALUE) StartupEvent start) {
        var unused = PrivateFiles.only();
    }
}
