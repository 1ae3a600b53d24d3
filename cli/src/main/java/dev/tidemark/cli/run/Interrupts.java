package dev.tidemark.cli.run;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C: the first one ends this process in order, a second one at once. The JVM by itself does not hear the second. By
 * reflection, since the compiler takes nobody's word that the class is supported.
 */
final class Interrupts {

    /** As a shell counts a command that SIGINT ended. */
    private static final int EXIT = 130;

    private Interrupts() {}

    /** @param atOnce what has to be done before this process ends at once */
    static void hear(Runnable atOnce) {
        AtomicBoolean asked = new AtomicBoolean();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object hearing =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                        if (!method.getName().equals("handle")) {
                            return null;
                        }
                        if (asked.getAndSet(true)) {
                            atOnce.run();
                            Runtime.getRuntime().halt(EXIT);
                        }
                        Thread.ofPlatform().name("interrupted").start(() -> System.exit(EXIT));
                        return null;
                    });
            var unused = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), hearing);
        } catch (ReflectiveOperationException | IllegalArgumentException notHere) {
            // the JVM's own way: in order, however often
        }
    }
}
