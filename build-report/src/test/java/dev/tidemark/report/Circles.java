package dev.tidemark.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Strongly connected parts of a graph of more than one node (Tarjan). */
final class Circles {

    private final Map<String, Set<String>> uses;
    private final Map<String, Integer> index = new HashMap<>();
    private final Map<String, Integer> low = new HashMap<>();
    private final Deque<String> stack = new ArrayDeque<>();
    private final List<Set<String>> found = new ArrayList<>();

    private Circles(Map<String, Set<String>> uses) {
        this.uses = uses;
    }

    /** Groups of nodes that reach each other. */
    static List<Set<String>> of(Map<String, Set<String>> uses) {
        Circles circles = new Circles(uses);
        for (String node : uses.keySet()) {
            if (!circles.index.containsKey(node)) {
                circles.visit(node);
            }
        }
        return circles.found;
    }

    private void visit(String node) {
        int number = index.size();
        index.put(node, number);
        low.put(node, number);
        stack.push(node);
        for (String next : uses.getOrDefault(node, Set.of())) {
            if (!index.containsKey(next)) {
                visit(next);
                low.merge(node, low.getOrDefault(next, number), Math::min);
            } else if (stack.contains(next)) {
                low.merge(node, index.getOrDefault(next, number), Math::min);
            }
        }
        if (number == low.getOrDefault(node, -1)) {
            Set<String> part = new TreeSet<>();
            String member;
            do {
                member = stack.pop();
                part.add(member);
            } while (!member.equals(node));
            if (part.size() > 1) {
                found.add(part);
            }
        }
    }
}
