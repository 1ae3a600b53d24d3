package dev.tidemark.gotemplates.functions;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** The engine's source of randomness in the form that cryptographic libraries ask for. */
final class InjectedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient RandomGenerator source;

    private InjectedRandom(RandomGenerator source) {
        super(null, null);
        this.source = source;
    }

    static SecureRandom of(RandomGenerator source) {
        return source instanceof SecureRandom secure ? secure : new InjectedRandom(source);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }

    @Override
    public byte[] generateSeed(int count) {
        byte[] seed = new byte[count];
        source.nextBytes(seed);
        return seed;
    }
}
