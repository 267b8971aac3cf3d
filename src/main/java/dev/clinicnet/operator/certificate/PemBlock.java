package dev.clinicnet.operator.certificate;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM text. Text between blocks is ignored, as in every other reader. */
final class PemBlock {
  private static final String BEGIN = "-----BEGIN ";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern HEADERS = Pattern.compile("(?m)^[A-Za-z-]+:.*$");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final String label;
  private final byte[] content;
  private final boolean encrypted;

  PemBlock(String label, byte[] content, boolean encrypted) {
    this.label = label;
    this.content = content;
    this.encrypted = encrypted;
  }

  /** Every block of a text. */
  static List<PemBlock> all(String text) {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(block(matcher.group(1), matcher.group(2)));
    }
    if (text.split(BEGIN, -1).length - 1 != blocks.size()) {
      throw new CertificateProblem(
          "is not PEM: a block begins and does not end; store the whole file");
    }
    return blocks;
  }

  private static PemBlock block(String label, String body) {
    boolean encrypted = label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
    String base64 = HEADERS.matcher(body).replaceAll("").replaceAll("\\s", "");
    try {
      return new PemBlock(label, Base64.getDecoder().decode(base64), encrypted);
    } catch (IllegalArgumentException e) {
      // The cause is left out, because its message quotes the text, which may be a key.
      throw new CertificateProblem(
          "is not PEM: the block " + label + " is not base64; store the file as it was issued");
    }
  }

  /** The label of the block, such as {@code CERTIFICATE}. */
  String label() {
    return label;
  }

  /** The bytes, which must not be changed. */
  byte[] content() {
    return content;
  }

  /** Whether a password is needed to read it. */
  boolean encrypted() {
    return encrypted;
  }

  /** The same block in its usual form. */
  String text() {
    return BEGIN
        + label
        + "-----\n"
        + LINES.encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  @Override
  public String toString() {
    return "PemBlock[" + label + "]";
  }
}
