package dev.tidemark.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * Transactions that nobody will end: all producers lived in the process that ended with the broker. Left alone, they
 * would hold readers of committed records up until their timeout.
 */
final class OpenTransactions {

    private static final System.Logger LOG = System.getLogger(OpenTransactions.class.getName());

    /** The broker is on loopback and just started; without an answer the timeout of the transactions does it, later. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private OpenTransactions() {}

    static void abort(String bootstrapServers) {
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "open-transactions",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
        try (Admin admin = Admin.create(config)) {
            awaitCoordinator(admin);
            List<String> open = admin
                    .listTransactions(new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .stream()
                    .map(TransactionListing::transactionalId)
                    .toList();
            if (!open.isEmpty()) {
                admin.fenceProducers(open).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "transactions of an earlier life stay open until they time out", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A broker that has just started lists no transactions, without saying that it has not read them yet. A question for
     * one transaction is tried again until its coordinator has; all have the same one here ({@code oneNode}).
     */
    private static void awaitCoordinator(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            admin.describeTransactions(List.of("nobody's")).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                throw e;
            }
        }
    }
}
