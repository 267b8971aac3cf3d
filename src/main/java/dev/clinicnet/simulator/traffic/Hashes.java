package dev.clinicnet.simulator.traffic;

import static dev.cel.common.types.SimpleType.STRING;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** {@code hash.sha256(text, format?)}, {@code text.sha256(format?)} and the like (documented). */
final class Hashes {
  private static final Map<String, String> ALGORITHMS =
      Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512", "crc32", "");

  static final List<Macro> MACROS = macros();

  private Hashes() {}

  private static List<Macro> macros() {
    List<Macro> macros = new ArrayList<>();
    for (String name : ALGORITHMS.keySet()) {
      String global = "hash." + name;
      macros.add(Macro.global(global, plain("hash_" + name, name), STRING, STRING));
      macros.add(
          Macro.global(global, formatted("hash_format_" + name, name), STRING, STRING, STRING));
      macros.add(Macro.member(name, plain("string_" + name, name), STRING, STRING));
      macros.add(
          Macro.member(name, formatted("string_format_" + name, name), STRING, STRING, STRING));
    }
    return List.copyOf(macros);
  }

  private static CelFunctionBinding plain(String id, String name) {
    return CelFunctionBinding.from(id, String.class, text -> hash(name, text, "hex"));
  }

  private static CelFunctionBinding formatted(String id, String name) {
    return CelFunctionBinding.from(
        id, String.class, String.class, (text, format) -> hash(name, text, format));
  }

  private static String hash(String name, String text, String format)
      throws CelEvaluationException {
    byte[] hash = bytes(name, text.getBytes(StandardCharsets.UTF_8));
    return switch (format) {
      case "hex" -> HexFormat.of().formatHex(hash);
      case "base64" -> Base64.getEncoder().encodeToString(hash);
      default -> throw new CelEvaluationException("the format is neither hex nor base64");
    };
  }

  private static byte[] bytes(String name, byte[] text) {
    if (name.equals("crc32")) {
      CRC32 sum = new CRC32();
      sum.update(text);
      return ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    }
    try {
      return MessageDigest.getInstance(ALGORITHMS.get(name)).digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }
}
