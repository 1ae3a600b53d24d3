package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.operator.bc.BcRSAContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes one X.509 certificate for servers and clients.
 *
 * @param commonName of its subject
 * @param key of its subject
 */
record CertificateMaker(Instant now, SecureRandom random, String commonName, AsymmetricKeyParameter key) {
    private static final int SERIAL_BITS = 128;
    private static final int USAGE = KeyUsage.keyEncipherment | KeyUsage.digitalSignature;
    private static final String ADDRESS_FORM = "[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*";
    /** Dates in certificates end with the year 9999. */
    private static final long LONGEST_DAYS = 2_900_000;

    static X509CertificateHolder parse(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof X509CertificateHolder holder) {
                return holder;
            }
            throw new FunctionException("unable to decode certificate: expected a PEM block CERTIFICATE");
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new FunctionException("error parsing certificate: " + e.getMessage());
        }
    }

    Certificate authority(long days) {
        X500Name name = name();
        return make(name, null, key, days, List.of(), true);
    }

    Certificate selfSigned(List<@Nullable Object> addresses, List<@Nullable Object> names, long days) {
        return make(name(), null, key, days, alternatives(addresses, names), false);
    }

    Certificate signedBy(
            Certificate issuer, List<@Nullable Object> addresses, List<@Nullable Object> names, long days) {
        X509CertificateHolder parent = parse(issuer.cert());
        AsymmetricKeyParameter parentKey = PrivateKeys.parse(issuer.key());
        return make(parent.getSubject(), parent, parentKey, days, alternatives(addresses, names), false);
    }

    private X500Name name() {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    private static List<GeneralName> alternatives(List<@Nullable Object> addresses, List<@Nullable Object> names) {
        var all = new ArrayList<GeneralName>();
        for (Object address : addresses) {
            if (!(address instanceof String text)) {
                throw new FunctionException("error parsing ip: " + address + " is not a string");
            }
            try {
                if (!text.matches(ADDRESS_FORM)) {
                    throw new IllegalArgumentException("no address");
                }
                all.add(new GeneralName(GeneralName.iPAddress, text));
            } catch (IllegalArgumentException e) {
                throw new FunctionException("error parsing ip: \"" + text + "\" is not an address");
            }
        }
        for (Object name : names) {
            if (!(name instanceof String text)) {
                throw new FunctionException("error processing alternate dns name: " + name + " is not a string");
            }
            all.add(new GeneralName(GeneralName.dNSName, text));
        }
        return all;
    }

    private Certificate make(
            X500Name issuer,
            @Nullable X509CertificateHolder parent,
            AsymmetricKeyParameter signingKey,
            long days,
            List<GeneralName> alternatives,
            boolean authority) {
        try {
            SubjectPublicKeyInfo subjectKey =
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(PrivateKeys.publicKey(key));
            Instant end = now.plus(Duration.ofDays(Math.clamp(days, -LONGEST_DAYS, LONGEST_DAYS)));
            var builder = new X509v3CertificateBuilder(
                    issuer, new BigInteger(SERIAL_BITS, random), Date.from(now), Date.from(end), name(), subjectKey);
            var utils = new BcX509ExtensionUtils();
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(authority ? USAGE | KeyUsage.keyCertSign : USAGE));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (authority) {
                builder.addExtension(
                        Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(subjectKey));
            }
            if (parent != null) {
                builder.addExtension(
                        Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(parent));
            }
            if (!alternatives.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(alternatives.toArray(GeneralName[]::new)));
            }
            byte[] encoded = builder.build(signer(signingKey)).getEncoded();
            return new Certificate(PrivateKeys.pem("CERTIFICATE", encoded), PrivateKeys.pem(key));
        } catch (IOException | OperatorCreationException | IllegalArgumentException | IllegalStateException e) {
            throw new FunctionException("error creating certificate: " + e.getMessage());
        }
    }

    private ContentSigner signer(AsymmetricKeyParameter signingKey) throws OperatorCreationException {
        if (signingKey instanceof Ed25519PrivateKeyParameters edwards) {
            return new Ed25519ContentSigner(edwards);
        }
        boolean curve = signingKey instanceof ECPrivateKeyParameters;
        AlgorithmIdentifier signature =
                new DefaultSignatureAlgorithmIdentifierFinder().find(curve ? "SHA256WITHECDSA" : "SHA256WITHRSA");
        AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        return curve
                ? new BcECContentSignerBuilder(signature, digest)
                        .setSecureRandom(random)
                        .build(signingKey)
                : new BcRSAContentSignerBuilder(signature, digest)
                        .setSecureRandom(random)
                        .build(signingKey);
    }
}
