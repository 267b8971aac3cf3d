package dev.clinicnet.operator.cli.imports;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names for Kubernetes, made of names at ngrok. A name depends on its own source, and only where
 * two would be equal on the other, so that a second import of a larger account gives the same.
 */
final class ImportedNames {
  /** The longest name of a Clinic that the schema takes. */
  static final int CLINIC = 40;

  /** A temporary URL adds to the name of a service, which is a DNS label. */
  static final int SERVICE = 50;

  private static final int HASH_BYTES = 3;

  private ImportedNames() {}

  /** A DNS label that resembles the text and has at most so many characters. */
  static String label(String text, int longest) {
    String label =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+", "")
            .replaceAll("-+$", "");
    if (label.isEmpty()) {
      return "x-" + hash(text);
    }
    return label.length() <= longest
        ? label
        : label.substring(0, longest - 2 * HASH_BYTES - 1).replaceAll("-+$", "") + "-" + hash(text);
  }

  /**
   * Unique names.
   *
   * @param wanted the wanted labels by their sources, all different
   * @return by source; where several want one label, those other than {@code label} itself as its
   *     source get a hash of their sources
   */
  static Map<String, String> unique(Map<String, String> wanted, int longest) {
    Map<String, Integer> counts = new TreeMap<>();
    wanted.values().forEach(label -> counts.merge(label, 1, Integer::sum));
    Map<String, String> names = new TreeMap<>();
    wanted.forEach(
        (source, label) ->
            names.put(
                source,
                counts.get(label) == 1 || source.equals(label)
                    ? label
                    : ending(label, "-" + hash(source), longest)));
    return names;
  }

  private static String ending(String label, String end, int longest) {
    int kept = Math.min(label.length(), longest - end.length());
    return label.substring(0, kept).replaceAll("-+$", "") + end;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
