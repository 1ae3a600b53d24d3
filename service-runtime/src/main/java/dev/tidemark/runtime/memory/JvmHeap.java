package dev.tidemark.runtime.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Map;
import java.util.Optional;
import javax.management.NotificationEmitter;

/** The heap as HotSpot tells of it. Collections are watched by the JVM itself: nothing asks in vain. */
public final class JvmHeap implements HeapMemory {

    /** With which {@code ./tidemark} is told the limit; it makes flags of it. */
    private static final String ENVIRONMENT = "TIDEMARK_HEAP";

    private final HeapLimit limit;
    private final Optional<MemoryPoolMXBean> longLived;

    private JvmHeap(HeapLimit limit, Optional<MemoryPoolMXBean> longLived) {
        this.limit = limit;
        this.longLived = longLived;
    }

    /** That of this process. */
    public static JvmHeap own() {
        return of(NEAR_LIMIT);
    }

    /** @param nearLimit in the place of {@link #NEAR_LIMIT} */
    static JvmHeap of(double nearLimit) {
        var options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        String from =
                from(options.getVMOption("MaxHeapSize"), options.getVMOption("MaxRAMPercentage"), System.getenv());
        // a usage threshold is what only the pool of those has that survived: not eden, not the survivors' space
        Optional<MemoryPoolMXBean> longLived = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP
                        && pool.isUsageThresholdSupported()
                        && pool.isCollectionUsageThresholdSupported()
                        && pool.getUsage().getMax() > 0)
                .findFirst();
        longLived.ifPresent(pool -> pool.setCollectionUsageThreshold(
                (long) (nearLimit * pool.getUsage().getMax())));
        return new JvmHeap(new HeapLimit(Runtime.getRuntime().maxMemory(), from), longLived);
    }

    static String from(VMOption size, VMOption share, Map<String, String> environment) {
        VMOption.Origin origin = isAsked(size.getOrigin()) ? size.getOrigin() : share.getOrigin();
        String tidemark = environment.getOrDefault(ENVIRONMENT, "");
        return switch (origin) {
            case VM_CREATION -> tidemark.isBlank() ? "command line" : ENVIRONMENT + '=' + tidemark.strip();
            case ENVIRON_VAR -> "JAVA_TOOL_OPTIONS";
            default -> (int) Double.parseDouble(share.getValue()) + " % of the machine or container";
        };
    }

    private static boolean isAsked(VMOption.Origin origin) {
        return origin == VMOption.Origin.VM_CREATION || origin == VMOption.Origin.ENVIRON_VAR;
    }

    @Override
    public HeapLimit limit() {
        return limit;
    }

    @Override
    public long initial() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getInit();
    }

    @Override
    public long committed() {
        return Runtime.getRuntime().totalMemory();
    }

    @Override
    public boolean isNearLimit() {
        return longLived
                .map(MemoryPoolMXBean::isCollectionUsageThresholdExceeded)
                .orElse(false);
    }

    @Override
    public void onNearLimit(Runnable action) {
        if (ManagementFactory.getMemoryMXBean() instanceof NotificationEmitter collections) {
            collections.addNotificationListener(
                    (notification, handback) -> action.run(),
                    notification ->
                            notification.getType().equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED),
                    null);
        }
    }

    @Override
    public void collect() {
        System.gc();
    }
}
