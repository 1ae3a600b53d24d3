package dev.tidemark.go.strconv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.go.verdicts.Verdicts;
import dev.tidemark.go.yaml.write.YamlWriter;
import java.math.BigInteger;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Numbers as Go's programs recorded them, bit for bit, see {@code src/test/go/values}. */
class NumberVerdictsTest {

    private static final int UNSIGNED_BITS = 64;

    @Test
    void readsTheFloatsThatGoReads() {
        Verdicts.check("floats.txt", fields -> {
            String text = Verdicts.text(fields.getFirst());
            OptionalDouble value = GoFloat.read(text);
            return Verdicts.difference(text, fields.getLast(), value.isPresent() ? bits(value.getAsDouble()) : "-");
        });
    }

    @Test
    void readsTheIntegersThatGoReads() {
        Verdicts.check("ints.txt", fields -> {
            String text = Verdicts.text(fields.getFirst());
            BigInteger value = GoInt.parse(text);
            boolean signed = text.startsWith("-") || text.startsWith("+");
            boolean fits =
                    value != null && (value.bitLength() < Long.SIZE || (!signed && value.bitLength() <= UNSIGNED_BITS));
            return Verdicts.difference(text, fields.getLast(), fits ? String.valueOf(value) : "-");
        });
    }

    @Test
    void writesFloatsAsGoDoes() {
        Verdicts.check("float-texts.txt", fields -> {
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(fields.getFirst(), 16));
            String json = Double.isFinite(value) ? FloatText.json(value) : "-";
            String yaml = Double.isFinite(value) ? YamlWriter.render(value).strip() : "-";
            String here =
                    String.join("\t", fields.getFirst(), FloatText.of(value), FloatText.of((float) value), json, yaml);
            return Verdicts.difference(String.valueOf(value), String.join("\t", fields), here);
        });
    }

    @Test
    void saysWhyATextIsNoFloat() {
        assertThatThrownBy(() -> GoFloat.parse("1x"))
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("illegal number syntax: \"1x\"");
        assertThatThrownBy(() -> GoFloat.parse("1e400")).hasMessage("value out of range: \"1e400\"");
        assertThatThrownBy(() -> FloatText.json(Double.NEGATIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("json: unsupported value: -Inf");
    }

    @Test
    void longTextsTakeNoStack() {
        String digits = "1_".repeat(500_000) + "1";
        assertThat(GoFloat.read("0." + digits)).isPresent();
        assertThat(GoFloat.read(digits + "x")).isEmpty();
        assertThat(GoInt.parse(digits))
                .satisfies(value -> assertThat(value.bitLength()).isGreaterThan(UNSIGNED_BITS));
    }

    private static String bits(double value) {
        return Double.isNaN(value) ? "nan" : Long.toHexString(Double.doubleToLongBits(value));
    }
}
