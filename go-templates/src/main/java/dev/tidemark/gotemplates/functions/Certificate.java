package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.value.StructType;
import dev.tidemark.gotemplates.value.TemplateObject;

/** A certificate and its private key, both in PEM. */
record Certificate(String cert, String key) implements TemplateObject {
    private static final StructType<Certificate> TYPE = StructType.<Certificate>named("sprig.certificate")
            .field("Cert", Certificate::cert)
            .field("Key", Certificate::key)
            .build();

    @Override
    public StructType<?> structType() {
        return TYPE;
    }

    /** Without the key: this must not get into logs by accident. */
    @Override
    public String toString() {
        return "certificate";
    }
}
