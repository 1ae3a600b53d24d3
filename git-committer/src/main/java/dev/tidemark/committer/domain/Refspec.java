package dev.tidemark.committer.domain;

import dev.tidemark.policies.Parsed;

/**
 * Where the commit of a push branch is pushed a second time: to a review, as Gerrit and Gitea take them, or to another
 * branch (flux-git-based 12.3).
 *
 * @param text as it is written, for messages
 * @param source full name of the push branch
 * @param target full name of the ref that is pushed to
 * @param force whether the target may lose commits: the text begins with {@code +}
 */
public record Refspec(String text, String source, String target, boolean force) {

    private static final String HEAD = "HEAD";

    /**
     * Reads {@code [+]SOURCE:TARGET}. Nothing but the push branch can be the source: nothing else is new. A {@code *} in
     * both stands for the same text.
     *
     * @param pushRef full name of the push branch
     */
    static Parsed<Refspec> parse(String text, String pushRef) {
        boolean force = text.startsWith("+");
        String[] sides = text.substring(force ? 1 : 0).split(":", -1);
        if (sides.length != 2 || sides[0].isEmpty() || sides[1].isEmpty()) {
            return wrong(text, "is no refspec: write SOURCE:TARGET, for example " + pushRef + ":refs/for/main");
        }
        String target = target(sides[0], sides[1], pushRef);
        if (target.isEmpty()) {
            return wrong(text, "pushes something else than the push branch: write " + pushRef + ':' + sides[1]);
        }
        if (target.equals(pushRef)) {
            return wrong(text, "pushes the push branch to itself: leave it out, or name another target");
        }
        if (!target.startsWith("refs/")) {
            return wrong(
                    text, "has a target that is no full name of a ref: write refs/heads/" + target + " for a branch");
        }
        return RefNames.problem(target)
                .map(problem -> Refspec.wrong(text, "has a target that is no name of a ref: " + problem))
                .orElseGet(() -> Parsed.of(new Refspec(text, pushRef, target, force)));
    }

    private static String target(String source, String target, String pushRef) {
        int star = source.indexOf('*');
        if (star < 0) {
            return source.equals(pushRef) || source.equals(HEAD) ? target : "";
        }
        String before = source.substring(0, star);
        String after = source.substring(star + 1);
        boolean matches = target.indexOf('*') >= 0
                && pushRef.length() >= before.length() + after.length()
                && pushRef.startsWith(before)
                && pushRef.endsWith(after);
        return matches ? target.replace("*", pushRef.substring(star, pushRef.length() - after.length())) : "";
    }

    private static Parsed<Refspec> wrong(String text, String problem) {
        return Parsed.malformed("spec.git.push.refspec '" + Printable.text(text) + "' " + problem);
    }
}
