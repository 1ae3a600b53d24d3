package dev.tidemark.renderer.cluster;

/**
 * Who touches a ResourceSet's objects.
 *
 * @param name of a service account; empty for the renderer itself
 */
record Account(String namespace, String name) {

    /** The renderer's. */
    static final Account OWN = new Account("", "");

    boolean isImpersonated() {
        return !name.isEmpty();
    }

    String user() {
        return "system:serviceaccount:" + namespace + ':' + name;
    }

    @Override
    public String toString() {
        return isImpersonated() ? "the service account " + namespace + '/' + name : "the renderer's own account";
    }
}
