package dev.tidemark.systemtests;

import dev.tidemark.systemtests.ConsolePage.Block;
import dev.tidemark.systemtests.ConsolePage.Step;
import java.util.HashMap;
import java.util.Map;

/**
 * What a page's reader has already: registries, repositories, a cluster. What the page calls by made-up names has others here.
 */
abstract class Surroundings implements AutoCloseable {

    private final Map<String, String> names = new HashMap<>();

    /** From now on something on the page is something else here. */
    final void call(String onThePage, String here) {
        names.put(onThePage, here);
    }

    final String asHere(String command) {
        String text = command;
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text;
    }

    final String asOnThePage(String printed) {
        String text = printed;
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getValue(), name.getKey());
        }
        return text;
    }

    /** Variables of the reader's shell. */
    Map<String, String> environment() {
        return Map.of();
    }

    /** Something happens that the page speaks of, before a block is reached. */
    void before(Block block) throws Exception {}

    /** What follows from what a command did, and is not Tidemark's work. */
    void after(Step step) throws Exception {}

    @Override
    public void close() {}
}
