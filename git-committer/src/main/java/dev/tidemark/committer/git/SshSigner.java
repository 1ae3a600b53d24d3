package dev.tidemark.committer.git;

import dev.tidemark.committer.domain.CommitSigner;
import dev.tidemark.committer.domain.SigningException;
import dev.tidemark.committer.domain.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Signs as {@code ssh-keygen -Y sign -n git} does (OpenSSH's PROTOCOL.sshsig). */
final class SshSigner implements CommitSigner {

    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final String NAMESPACE = "git";
    private static final String RESERVED = "";
    private static final String HASH = "sha512";
    private static final int MIN_RSA_BITS = 2048;
    private static final int LINE = 70;

    private final KeyPair key;
    private final String algorithm;

    private SshSigner(KeyPair key, String algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    static SshSigner of(SigningKey key) throws SigningException {
        KeyPair pair;
        try {
            pair = SshKeys.read(key.text(), key.passphrase());
        } catch (SshKeys.PassphraseException e) {
            throw e.isMissing() ? SigningKeys.passphraseMissing(key) : SigningKeys.passphraseWrong(key);
        } catch (LoginException e) {
            throw new SigningException("the 'identity' in secret " + key.secret()
                    + " is no private key in OpenSSH's, PKCS#1 or PKCS#8 format");
        }
        if (pair.getPublic() instanceof DSAPublicKey) {
            throw new SigningException("secret " + key.secret() + " has a DSA key, and nobody accepts its signatures:"
                    + " use ed25519, ecdsa or rsa");
        }
        if (pair.getPublic() instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new SigningException("the rsa key in secret " + key.secret() + " has "
                    + rsa.getModulus().bitLength() + " bits, and signatures need " + MIN_RSA_BITS + " at least");
        }
        String type = KeyUtils.getKeyType(pair);
        // rsa's own name stands for SHA-1
        return new SshSigner(pair, type.equals(KeyPairProvider.SSH_RSA) ? KeyUtils.RSA_SHA512_KEY_TYPE_ALIAS : type);
    }

    @Override
    public String sign(byte[] commit) {
        ByteArrayBuffer blob = new ByteArrayBuffer();
        blob.putRawBytes(MAGIC);
        blob.putInt(VERSION);
        ByteArrayBuffer publicKey = new ByteArrayBuffer();
        publicKey.putRawPublicKey(key.getPublic());
        blob.putBytes(publicKey.getCompactData());
        blob.putString(NAMESPACE);
        blob.putString(RESERVED);
        blob.putString(HASH);
        ByteArrayBuffer signature = new ByteArrayBuffer();
        signature.putString(algorithm);
        signature.putBytes(raw(signed(commit)));
        blob.putBytes(signature.getCompactData());
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(blob.getCompactData());
        return "-----BEGIN SSH SIGNATURE-----\n" + body + "\n-----END SSH SIGNATURE-----";
    }

    private static byte[] signed(byte[] commit) {
        ByteArrayBuffer signed = new ByteArrayBuffer();
        signed.putRawBytes(MAGIC);
        signed.putString(NAMESPACE);
        signed.putString(RESERVED);
        signed.putString(HASH);
        try {
            signed.putBytes(MessageDigest.getInstance("SHA-512").digest(commit));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-512", impossible);
        }
        return signed.getCompactData();
    }

    @SuppressWarnings("NullAway") // no session: a signature of a file belongs to none
    private byte[] raw(byte[] data) {
        try {
            Signature signature = BuiltinSignatures.fromFactoryName(algorithm).create();
            signature.initSigner(null, key.getPrivate());
            signature.update(null, data);
            return signature.sign(null);
        } catch (Exception e) {
            throw new IllegalStateException("the SSH key cannot sign: " + e.getMessage(), e);
        }
    }
}
