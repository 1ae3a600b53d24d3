package dev.tidemark.gotemplates.functions;

import dev.tidemark.gotemplates.function.FunctionException;
import java.io.ByteArrayOutputStream;

/**
 * Go's decoders of base 64 and 32, which are strict about padding and name the place of the error.
 *
 * @param digits in a block
 * @param bits of a digit
 */
record BlockDecoder(String name, String alphabet, int digits, int bits) {
    byte[] decode(String text) {
        var out = new ByteArrayOutputStream(text.length());
        long block = 0;
        int inBlock = 0;
        int at = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                continue;
            }
            if (c == '=') {
                break;
            }
            int digit = alphabet.indexOf(c);
            if (digit < 0) {
                throw illegal(at);
            }
            block = block << bits | digit;
            if (++inBlock == digits) {
                write(out, block, digits);
                block = 0;
                inBlock = 0;
            }
        }
        if (at == text.length()) {
            if (inBlock > 0) {
                throw illegal(at - inBlock);
            }
            return out.toByteArray();
        }
        finish(out, text, at, block, inBlock);
        return out.toByteArray();
    }

    /** What follows the first sign of padding. */
    private void finish(ByteArrayOutputStream out, String text, int padding, long block, int inBlock) {
        // A rest of a block is legal only if its digits make whole bytes.
        if (inBlock == 0 || inBlock * bits / 8 * 8 + bits <= inBlock * bits) {
            throw illegal(padding);
        }
        int signs = 0;
        for (int i = padding; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                continue;
            }
            if (c != '=' || ++signs > digits - inBlock) {
                throw illegal(i);
            }
        }
        if (signs < digits - inBlock) {
            throw illegal(text.length());
        }
        write(out, block, inBlock);
    }

    private void write(ByteArrayOutputStream out, long block, int count) {
        int bytes = count * bits / 8;
        long aligned = block >> (count * bits - bytes * 8);
        for (int k = bytes - 1; k >= 0; k--) {
            out.write((int) (aligned >> (8 * k)));
        }
    }

    private FunctionException illegal(int at) {
        return new FunctionException("illegal " + name + " data at input byte " + at);
    }
}
