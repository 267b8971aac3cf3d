package dev.clinicnet.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Makes a token with another end, signed with the API server's own key. */
public final class ResignedToken {
  private static final String KEY_FLAG = "--service-account-signing-key-file";

  /** PKCS #8 before an RSA key: version 0, and the algorithm rsaEncryption without parameters. */
  private static final byte[] RSA = {
    2, 1, 0, 48, 13, 6, 9, 42, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  private ResignedToken() {}

  /** The same token with this end. */
  public static String of(String token, Instant end) {
    String[] parts = token.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String changed = claims.replaceAll("\"exp\":\\d+", "\"exp\":" + end.getEpochSecond());
    if (changed.equals(claims)) {
      throw new IllegalArgumentException("not the claims of a token");
    }
    String text = parts[0] + "." + encoded(changed.getBytes(StandardCharsets.UTF_8));
    try {
      for (List<String> flags : apiServers()) {
        PrivateKey key = key(flags);
        // Tests start several API servers. The token is of the one whose key makes this signature.
        if (parts[2].equals(signature(parts[0] + "." + parts[1], key))) {
          return text + "." + signature(text, key);
        }
      }
      throw new IllegalArgumentException("not a token of an API server of these tests");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signature(String text, PrivateKey key) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return encoded(signature.sign());
  }

  /** The arguments of all API servers that this process has started. */
  private static List<List<String>> apiServers() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(process -> process.info().arguments().stream())
        .map(Arrays::asList)
        .filter(arguments -> arguments.contains(KEY_FLAG))
        .toList();
  }

  private static PrivateKey key(List<String> flags) throws GeneralSecurityException {
    try {
      String pem = Files.readString(Path.of(flags.get(flags.indexOf(KEY_FLAG) + 1)));
      byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      byte[] wrapped = pem.contains("BEGIN RSA") ? pkcs8(der) : der;
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] pkcs8(byte[] rsaKey) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(RSA);
    content.writeBytes(element(4, rsaKey));
    return element(48, content.toByteArray());
  }

  /** A DER element, with a length of two bytes. */
  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
