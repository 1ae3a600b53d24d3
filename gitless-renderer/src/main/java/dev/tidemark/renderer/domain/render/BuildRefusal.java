package dev.tidemark.renderer.domain.render;

/** Ends a build from deep inside it; {@link ResourceSetRendering} turns it into an outcome. */
final class BuildRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String problem;

    BuildRefusal(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
