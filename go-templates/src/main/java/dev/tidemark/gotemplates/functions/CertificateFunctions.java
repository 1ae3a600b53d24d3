package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/** Private keys and certificates. */
final class CertificateFunctions {
    private static final int RSA_BITS = 2048;
    private static final int RSA_BITS_ALONE = 4096;

    /** What a key takes on average, at five million steps a second; a signature is a small one. */
    private static final long RSA_STEPS = 750_000;

    private static final long RSA_ALONE_STEPS = 3_000_000;
    private static final long DSA_STEPS = 4_000_000;
    private static final long CURVE_STEPS = 50_000;

    private CertificateFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("genPrivateKey(string)", CertificateFunctions::privateKey),
                TemplateFunction.of("buildCustomCert(string, string)", CertificateFunctions::custom),
                TemplateFunction.of("genCA(string, int)", a -> authority(a, rsa(a))),
                TemplateFunction.of("genCAWithKey(string, int, string)", a -> authority(a, given(a, 2))),
                TemplateFunction.of("genSelfSignedCert(string, list, list, int)", a -> selfSigned(a, rsa(a))),
                TemplateFunction.of(
                        "genSelfSignedCertWithKey(string, list, list, int, string)", a -> selfSigned(a, given(a, 4))),
                TemplateFunction.of("genSignedCert(string, list, list, int, certificate)", a -> signed(a, rsa(a))),
                TemplateFunction.of(
                        "genSignedCertWithKey(string, list, list, int, certificate, string)",
                        a -> signed(a, given(a, 5))));
    }

    private static SecureRandom random(Arguments a, long steps) {
        a.budget().heavyCall(steps);
        return InjectedRandom.of(a.random());
    }

    private static AsymmetricKeyParameter rsa(Arguments a) {
        return PrivateKeys.rsa(random(a, RSA_STEPS), RSA_BITS);
    }

    private static AsymmetricKeyParameter given(Arguments a, int index) {
        a.budget().heavyCall(CURVE_STEPS);
        return PrivateKeys.parse(a.text(index));
    }

    private static String privateKey(Arguments a) {
        SecureRandom random = random(
                a,
                switch (a.text(0)) {
                    case "", "rsa" -> RSA_ALONE_STEPS;
                    case "dsa" -> DSA_STEPS;
                    default -> CURVE_STEPS;
                });
        return switch (a.text(0)) {
            case "", "rsa" -> PrivateKeys.pem(PrivateKeys.rsa(random, RSA_BITS_ALONE));
            case "dsa" -> PrivateKeys.pem(PrivateKeys.dsa(random));
            case "ecdsa" -> PrivateKeys.pem(PrivateKeys.ecdsa(random));
            case "ed25519" -> PrivateKeys.pem(PrivateKeys.ed25519(random));
            default -> "Unknown type " + a.text(0);
        };
    }

    private static Certificate custom(Arguments a) {
        String cert = decoded(a.text(0), "certificate");
        String key = decoded(a.text(1), "private key");
        CertificateMaker.parse(cert);
        PrivateKeys.parse(key);
        return new Certificate(cert, key);
    }

    private static String decoded(String base64, String what) {
        try {
            return Utf8.string(EncodingFunctions.base64(base64));
        } catch (FunctionException e) {
            throw new FunctionException("unable to decode base64 " + what);
        }
    }

    private static CertificateMaker maker(Arguments a, AsymmetricKeyParameter key) {
        return new CertificateMaker(a.clock().instant(), InjectedRandom.of(a.random()), a.text(0), key);
    }

    private static Certificate authority(Arguments a, AsymmetricKeyParameter key) {
        return maker(a, key).authority(a.integer(1));
    }

    private static Certificate selfSigned(Arguments a, AsymmetricKeyParameter key) {
        return maker(a, key).selfSigned(a.list(1), a.list(2), a.integer(3));
    }

    private static Certificate signed(Arguments a, AsymmetricKeyParameter key) {
        if (a.value(4) instanceof Certificate issuer) {
            return maker(a, key).signedBy(issuer, a.list(1), a.list(2), a.integer(3));
        }
        throw new FunctionException("expected a certificate made by genCA or buildCustomCert");
    }
}
