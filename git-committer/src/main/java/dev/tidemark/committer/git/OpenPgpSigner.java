package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.SigningException;
import dev.tidemark.committer.domain.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/** Signs as {@code gpg --detach-sign --armor} does (RFC 4880, RFC 9580). */
final class OpenPgpSigner implements CommitSigner {

    private final PGPPublicKey publicKey;
    private final PGPPrivateKey privateKey;

    private final Instant end;

    private OpenPgpSigner(PGPPublicKey publicKey, PGPPrivateKey privateKey, Instant end) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.end = end;
    }

    /** Whether signatures would count that are made then. */
    boolean isValidAt(Instant time) {
        return time.isBefore(end);
    }

    /** @param now keys that have expired by then do not sign */
    static OpenPgpSigner of(SigningKey key, Instant now) throws SigningException {
        PGPSecretKeyRing ring = ring(key);
        PGPSecretKey secret = signing(key, ring, now);
        try {
            char[] passphrase =
                    key.passphrase() == null ? new char[0] : key.passphrase().toCharArray();
            PGPPrivateKey unlocked = secret.extractPrivateKey(
                    new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase));
            if (unlocked == null) {
                throw unusable(key);
            }
            return new OpenPgpSigner(
                    secret.getPublicKey(), unlocked, earlier(end(secret.getPublicKey()), end(ring.getPublicKey())));
        } catch (PGPException locked) {
            throw key.passphrase() == null ? SigningKeys.passphraseMissing(key) : SigningKeys.passphraseWrong(key);
        } catch (RuntimeException broken) {
            throw unusable(key);
        }
    }

    private static PGPSecretKeyRing ring(SigningKey key) throws SigningException {
        List<PGPSecretKeyRing> rings = new ArrayList<>();
        try (InputStream in =
                PGPUtil.getDecoderStream(new ByteArrayInputStream(key.text().getBytes(StandardCharsets.UTF_8)))) {
            new PGPSecretKeyRingCollection(in, new BcKeyFingerprintCalculator()).forEach(rings::add);
        } catch (IOException | PGPException | RuntimeException e) {
            throw unusable(key);
        }
        if (rings.size() > 1) {
            throw new SigningException("multiple entities read from secret '" + key.secret()
                    + "': its 'git.asc' must hold" + " one private key");
        }
        if (rings.isEmpty()) {
            throw unusable(key);
        }
        return rings.getFirst();
    }

    private static SigningException unusable(SigningKey key) {
        return new SigningException("the 'git.asc' in secret '" + key.secret()
                + "' is no armored private key: write what" + " 'gpg --armor --export-secret-keys' gives");
    }

    /** The newest of the key and its subkeys that is there, meant for signing and still valid, as GnuPG chooses. */
    private static PGPSecretKey signing(SigningKey key, PGPSecretKeyRing ring, Instant now) throws SigningException {
        PGPSecretKey chosen = null;
        if (!isValid(ring.getPublicKey(), now)) {
            throw new SigningException("the key in secret '" + key.secret()
                    + "' has expired or was revoked, and what its" + " parts sign counts no more: write a valid one");
        }
        for (PGPSecretKey candidate : ring) {
            if (!candidate.isPrivateKeyEmpty()
                    && candidate.isSigningKey()
                    && isForSigning(candidate.getPublicKey())
                    && isValid(candidate.getPublicKey(), now)
                    && (chosen == null || isNewer(candidate, chosen))) {
                chosen = candidate;
            }
        }
        if (chosen == null) {
            throw new SigningException("the key in secret '" + key.secret() + "' has no part that may sign now: all are"
                    + " expired, revoked, for encryption only or not exported");
        }
        return chosen;
    }

    /** A subkey is preferred to the key that it belongs to. */
    private static boolean isNewer(PGPSecretKey one, PGPSecretKey other) {
        return other.isMasterKey() || made(one).isAfter(made(other));
    }

    private static Instant made(PGPSecretKey key) {
        return key.getPublicKey().getCreationTime().toInstant();
    }

    private static boolean isForSigning(PGPPublicKey key) {
        int flags = 0;
        for (Iterator<PGPSignature> signatures = key.getSignatures(); signatures.hasNext(); ) {
            var packets = signatures.next().getHashedSubPackets();
            flags |= packets == null ? 0 : packets.getKeyFlags();
        }
        return flags == 0 || (flags & KeyFlags.SIGN_DATA) != 0; // old keys say nothing of what they are for
    }

    private static boolean isValid(PGPPublicKey key, Instant now) {
        return !key.hasRevocation() && now.isBefore(end(key));
    }

    private static Instant end(PGPPublicKey key) {
        long seconds = key.getValidSeconds();
        return seconds == 0 ? Instant.MAX : key.getCreationTime().toInstant().plusSeconds(seconds);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    @Override
    public String sign(byte[] commit) {
        try {
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(publicKey.getAlgorithm(), HashAlgorithmTags.SHA512), publicKey);
            generator.init(PGPSignature.BINARY_DOCUMENT, privateKey);
            PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
            subpackets.setIssuerFingerprint(false, publicKey);
            generator.setHashedSubpackets(subpackets.generate());
            generator.update(commit);
            return armored(generator.generate());
        } catch (PGPException | IOException e) {
            throw new IllegalStateException("the OpenPGP key cannot sign: " + e.getMessage(), e);
        }
    }

    private static String armored(PGPSignature signature) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArmoredOutputStream armor =
                ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
            signature.encode(armor);
        }
        return bytes.toString(StandardCharsets.US_ASCII).strip();
    }
}
