package dev.tidemark.systemtests;

/** The place of one replica of a service. Processes come and go in it, the port of webhooks stays. */
record Place(Service service, int number) {

    @Override
    public String toString() {
        return service.module() + '-' + number;
    }
}
