package dev.tidemark.gotemplates.functions;

import dev.tidemark.go.text.Utf8;
import dev.tidemark.gotemplates.function.Arguments;
import dev.tidemark.gotemplates.function.FunctionException;
import dev.tidemark.gotemplates.function.TemplateFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.generators.SCrypt;

/** Hashed, derived and encrypted passwords. */
final class PasswordFunctions {
    private static final int BCRYPT_COST = 10;
    private static final int BCRYPT_LONGEST = 72;
    private static final int AES_BLOCK = 16;
    private static final int AES_KEY = 32;
    /** Names the purpose in the Master Password algorithm, version 1. */
    private static final String SCOPE = "com.lyndir.masterpassword";

    private static final Map<String, List<String>> TEMPLATES = Map.of(
            "maximum", List.of("anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"),
            "long",
                    List.of(
                            "CvcvnoCvcvCvcv",
                            "CvcvCvcvnoCvcv",
                            "CvcvCvcvCvcvno",
                            "CvccnoCvcvCvcv",
                            "CvccCvcvnoCvcv",
                            "CvccCvcvCvcvno",
                            "CvcvnoCvccCvcv",
                            "CvcvCvccnoCvcv",
                            "CvcvCvccCvcvno",
                            "CvcvnoCvcvCvcc",
                            "CvcvCvcvnoCvcc",
                            "CvcvCvcvCvccno",
                            "CvccnoCvccCvcv",
                            "CvccCvccnoCvcv",
                            "CvccCvccCvcvno",
                            "CvcvnoCvccCvcc",
                            "CvcvCvccnoCvcc",
                            "CvcvCvccCvccno",
                            "CvccnoCvcvCvcc",
                            "CvccCvcvnoCvcc",
                            "CvccCvcvCvccno"),
            "medium", List.of("CvcnoCvc", "CvcCvcno"),
            "short", List.of("Cvcn"),
            "basic", List.of("aaanaaan", "aannaaan", "aaannaaa"),
            "pin", List.of("nnnn"));
    private static final Map<Character, String> CHARACTERS = Map.of(
            'V', "AEIOU",
            'C', "BCDFGHJKLMNPQRSTVWXYZ",
            'v', "aeiou",
            'c', "bcdfghjklmnpqrstvwxyz",
            'A', "AEIOUBCDFGHJKLMNPQRSTVWXYZ",
            'a', "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
            'n', "0123456789",
            'o', "@&%?,=[]_:-+*$#!'^~;()/.",
            'x', "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()");

    /** What the two take, at five million steps a second. */
    private static final long BCRYPT_STEPS = 300_000;

    private static final long SCRYPT_STEPS = 500_000;

    private PasswordFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.of("bcrypt(string)", a -> bcrypt(a, a.text(0))),
                TemplateFunction.of(
                        "htpasswd(string, string)",
                        a -> a.text(0).contains(":")
                                ? "invalid username: " + a.text(0)
                                : a.text(0) + ":" + bcrypt(a, a.text(1))),
                TemplateFunction.of(
                        "derivePassword(uint32, string, string, string, string)", PasswordFunctions::derive),
                TemplateFunction.of("encryptAES(string, string)", PasswordFunctions::encrypt),
                TemplateFunction.of("decryptAES(string, string)", PasswordFunctions::decrypt));
    }

    private static String bcrypt(Arguments a, String password) {
        a.budget().heavyCall(BCRYPT_STEPS);
        byte[] bytes = Utf8.bytes(password);
        if (bytes.length > BCRYPT_LONGEST) {
            return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes";
        }
        byte[] salt = new byte[AES_BLOCK];
        a.random().nextBytes(salt);
        return OpenBSDBCrypt.generate("2a", bytes, salt, BCRYPT_COST);
    }

    private static byte[] scoped(String text, int... numbers) {
        byte[] scope = SCOPE.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Utf8.bytes(text);
        ByteBuffer buffer = ByteBuffer.allocate(scope.length + Integer.BYTES * (1 + numbers.length) + bytes.length);
        buffer.put(scope).putInt(bytes.length).put(bytes);
        for (int number : numbers) {
            buffer.putInt(number);
        }
        return buffer.array();
    }

    private static String derive(Arguments a) {
        List<String> templates = TEMPLATES.get(a.text(1));
        if (templates == null) {
            return "cannot find password template " + a.text(1);
        }
        a.budget().heavyCall(SCRYPT_STEPS);
        byte[] key = SCrypt.generate(Utf8.bytes(a.text(2)), scoped(a.text(3)), 32768, 8, 2, 64);
        byte[] seed = hmac(key, scoped(a.text(4), (int) a.integer(0)));
        String template = templates.get((seed[0] & 0xFF) % templates.size());
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            String characters = CHARACTERS.getOrDefault(template.charAt(i), "?");
            password.append(characters.charAt((seed[i + 1] & 0xFF) % characters.length()));
        }
        return password.toString();
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] aes(int mode, String password, byte[] iv, byte[] content) throws GeneralSecurityException {
        // Go's function takes the password itself as the key, cut or filled up with zeros.
        byte[] key = Arrays.copyOf(Utf8.bytes(password), AES_KEY);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(content);
    }

    private static String encrypt(Arguments a) {
        byte[] iv = new byte[AES_BLOCK];
        a.random().nextBytes(iv);
        try {
            byte[] encrypted = aes(Cipher.ENCRYPT_MODE, a.text(0), iv, Utf8.bytes(a.text(1)));
            ByteBuffer all =
                    ByteBuffer.allocate(iv.length + encrypted.length).put(iv).put(encrypted);
            return Base64.getEncoder().encodeToString(all.array());
        } catch (GeneralSecurityException e) {
            throw new FunctionException("cannot encrypt: " + e.getMessage());
        }
    }

    private static String decrypt(Arguments a) {
        byte[] all = EncodingFunctions.base64(a.text(1));
        if (all.length < 2 * AES_BLOCK || all.length % AES_BLOCK != 0) {
            throw new FunctionException("cannot decrypt: expected the output of encryptAES");
        }
        byte[] iv = Arrays.copyOf(all, AES_BLOCK);
        byte[] encrypted = Arrays.copyOfRange(all, AES_BLOCK, all.length);
        try {
            return Utf8.string(aes(Cipher.DECRYPT_MODE, a.text(0), iv, encrypted));
        } catch (GeneralSecurityException e) {
            throw new FunctionException("cannot decrypt: the key is not the one that it was encrypted with");
        }
    }
}
