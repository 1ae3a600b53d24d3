package dev.tidemark.flux.alert;

import java.io.IOException;
import java.util.Optional;

/** Sets the status of a commit on a forge, unless it stands there already: forges keep each that is set. */
record CommitStatuses(Forge forge, String providerUid) implements Notifier {

    @Override
    public void tell(FluxEvent event, Transport transport) throws IOException, InterruptedException {
        Optional<CommitStatus> status = CommitStatus.of(event, providerUid);
        if (status.isPresent()) {
            set(status.get(), transport);
        }
    }

    private void set(CommitStatus status, Transport transport) throws IOException, InterruptedException {
        String known = transport.send(forge.authorized(Transport.Outgoing.get(forge.known(status))));
        if (!forge.stands(status, Transport.json(known))) {
            var unused =
                    transport.send(forge.authorized(Transport.Outgoing.post(forge.target(status), forge.body(status))));
        }
    }
}
