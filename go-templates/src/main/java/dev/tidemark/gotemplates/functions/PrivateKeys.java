package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** Making, reading and writing private keys. */
final class PrivateKeys {
    private static final BigInteger PUBLIC_EXPONENT = BigInteger.valueOf(65537);
    /** The chance of a composite is at most 2 to the minus this. */
    private static final int CERTAINTY = 100;

    private PrivateKeys() {}

    static RSAPrivateCrtKeyParameters rsa(SecureRandom random, int bits) {
        var generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(PUBLIC_EXPONENT, random, bits, CERTAINTY));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        return (RSAPrivateCrtKeyParameters) pair.getPrivate();
    }

    static AsymmetricKeyParameter ecdsa(SecureRandom random) {
        var generator = new ECKeyPairGenerator();
        var curve = new ECNamedDomainParameters(
                SECObjectIdentifiers.secp256r1, ECNamedCurveTable.getByOID(SECObjectIdentifiers.secp256r1));
        generator.init(new ECKeyGenerationParameters(curve, random));
        return generator.generateKeyPair().getPrivate();
    }

    static AsymmetricKeyParameter ed25519(SecureRandom random) {
        return new Ed25519PrivateKeyParameters(random);
    }

    static AsymmetricKeyParameter dsa(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA");
            generator.initialize(2048, random);
            return PrivateKeyFactory.createKey(
                    generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new FunctionException("failed to generate private key: " + e.getMessage());
        }
    }

    /**
     * Reads a key in PEM.
     *
     * @throws FunctionException if the text holds none
     */
    static AsymmetricKeyParameter parse(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            Object found = parser.readObject();
            return switch (found) {
                case PEMKeyPair pair -> PrivateKeyFactory.createKey(pair.getPrivateKeyInfo());
                case PrivateKeyInfo info -> PrivateKeyFactory.createKey(info);
                case null -> throw new FunctionException("parsing private key: no PEM data in input");
                default -> throw new FunctionException("parsing private key: no private key data in PEM block");
            };
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new FunctionException("parsing private key: " + e.getMessage());
        }
    }

    /** The public half, or an error for keys that cannot sign certificates. */
    static AsymmetricKeyParameter publicKey(AsymmetricKeyParameter key) {
        return switch (key) {
            case RSAPrivateCrtKeyParameters rsa ->
                new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
            case ECPrivateKeyParameters ec -> point(ec);
            case Ed25519PrivateKeyParameters ed -> ed.generatePublicKey();
            default ->
                throw new FunctionException("unsupported type of key for a certificate: expected RSA, EC or Ed25519");
        };
    }

    private static ECPublicKeyParameters point(ECPrivateKeyParameters key) {
        return new ECPublicKeyParameters(
                key.getParameters().getG().multiply(key.getD()).normalize(), key.getParameters());
    }

    /** The key in PEM, in the form that is usual for its type. */
    static String pem(AsymmetricKeyParameter key) {
        try {
            PrivateKeyInfo info = PrivateKeyInfoFactory.createPrivateKeyInfo(key);
            return switch (key) {
                case RSAPrivateCrtKeyParameters rsa ->
                    pem(
                            "RSA PRIVATE KEY",
                            info.parsePrivateKey().toASN1Primitive().getEncoded());
                case ECPrivateKeyParameters ec ->
                    pem(
                            "EC PRIVATE KEY",
                            new ECPrivateKey(
                                            ec.getParameters().getN().bitLength(),
                                            ec.getD(),
                                            new DERBitString(point(ec).getQ().getEncoded(false)),
                                            info.getPrivateKeyAlgorithm().getParameters())
                                    .getEncoded());
                case DSAPrivateKeyParameters dsa ->
                    pem("DSA PRIVATE KEY", dsaSequence(dsa).getEncoded());
                default ->
                    pem(
                            "PRIVATE KEY",
                            new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.parsePrivateKey()).getEncoded());
            };
        } catch (IOException e) {
            throw new FunctionException("failed to write private key: " + e.getMessage());
        }
    }

    private static DERSequence dsaSequence(DSAPrivateKeyParameters key) {
        var parameters = key.getParameters();
        BigInteger y = parameters.getG().modPow(key.getX(), parameters.getP());
        var numbers = new ASN1EncodableVector();
        for (BigInteger number : new BigInteger[] {
            BigInteger.ZERO, parameters.getP(), parameters.getQ(), parameters.getG(), y, key.getX()
        }) {
            numbers.add(new ASN1Integer(number));
        }
        return new DERSequence(numbers);
    }

    static String pem(String type, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
