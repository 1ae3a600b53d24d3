package dev.tidemark.flux.delivery;

import dev.tidemark.flux.ResourceId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is told. */
final class Heard implements DeliveryListener {

    private final List<String> counted = new CopyOnWriteArrayList<>();
    private final List<FailingAlert> failed = new CopyOnWriteArrayList<>();
    private final List<FailingAlert> ended = new CopyOnWriteArrayList<>();

    /** {@code type RESULT}, one for each event. */
    List<String> counted() {
        return counted;
    }

    List<FailingAlert> failed() {
        return failed;
    }

    List<FailingAlert> ended() {
        return ended;
    }

    @Override
    public void became(ResourceId alert, String object, String type, Result result) {
        counted.add(type + ' ' + result);
    }

    @Override
    public void fails(FailingAlert alert) {
        failed.add(alert);
    }

    @Override
    public void works(FailingAlert before) {
        ended.add(before);
    }

    @Override
    public void overflows() {
        counted.add("overflow");
    }
}
