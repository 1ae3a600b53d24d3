package dev.tidemark.cli.state;

import dev.tidemark.flux.cluster.ManagementForward;
import java.net.URI;

/** Where the services of a Tidemark are asked, until it is closed. */
public sealed interface Services extends AutoCloseable {

    /** Their management listener. */
    URI address();

    /** Which of several they are, for people. */
    String name();

    /** What it wants of who reads; empty where it wants nothing, or nothing is known. */
    String tokenToRead();

    /** What it wants of who changes something. */
    String tokenToChange();

    /** What people can look into when nothing answers there. */
    String silence();

    @Override
    default void close() {}

    /**
     * At an address.
     *
     * @param token empty where none is known
     */
    record At(URI address, String token) implements Services {

        @Override
        public String name() {
            return address.getAuthority();
        }

        @Override
        public String tokenToRead() {
            return token;
        }

        @Override
        public String tokenToChange() {
            return token;
        }

        @Override
        public String silence() {
            return "the services at " + address + " do not answer: check that they run and that this is the"
                    + " management address; their log may say why";
        }
    }

    /** In a cluster, by a way of our own to one of its pods. */
    record InCluster(ManagementForward forward) implements Services {

        @Override
        public URI address() {
            return forward.address();
        }

        @Override
        public String name() {
            return forward.podName();
        }

        @Override
        public String tokenToRead() {
            return "";
        }

        @Override
        public String tokenToChange() {
            return forward.token();
        }

        @Override
        public String silence() {
            String trouble = forward.trouble();
            return "pod " + forward.podName() + " cannot be reached through the API server"
                    + (trouble.isEmpty() ? "" : " (" + trouble + ')')
                    + ": it wants create and get of pods/portforward, and a pod that answers";
        }

        @Override
        public void close() {
            forward.close();
        }
    }
}
