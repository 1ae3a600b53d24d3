package dev.tidemark.gotemplates.functions;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.operator.ContentSigner;

/** Signs certificates with Ed25519, for which the library has no signer of its own here. */
final class Ed25519ContentSigner implements ContentSigner {
    private final Ed25519PrivateKeyParameters key;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Ed25519ContentSigner(Ed25519PrivateKeyParameters key) {
        this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        var signer = new Ed25519Signer();
        signer.init(true, key);
        byte[] bytes = content.toByteArray();
        signer.update(bytes, 0, bytes.length);
        return signer.generateSignature();
    }
}
