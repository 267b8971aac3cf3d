package dev.clinicnet.operator.certificate;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** As much of the DER encoding as keys need. */
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 4;
  private static final int LONG_FORM = 0x80;
  private static final int BYTE = 0xff;
  private static final byte[] ZERO = {2, 1, 0};

  private Der() {}

  /**
   * A key of an older form as PKCS#8.
   *
   * @param publicKey the SubjectPublicKeyInfo that names the algorithm
   */
  static byte[] pkcs8(byte[] publicKey, byte[] key) {
    return element(SEQUENCE, ZERO, first(publicKey), element(OCTET_STRING, key));
  }

  /** The first element of a sequence. */
  private static byte[] first(byte[] sequence) {
    int start = contentAt(sequence, 0);
    int end = contentAt(sequence, start) + length(sequence, start);
    return Arrays.copyOfRange(sequence, start, end);
  }

  private static int contentAt(byte[] der, int at) {
    int length = der[at + 1] & BYTE;
    return at + 2 + (length < LONG_FORM ? 0 : length - LONG_FORM);
  }

  private static int length(byte[] der, int at) {
    int length = der[at + 1] & BYTE;
    return length < LONG_FORM
        ? length
        : new BigInteger(1, Arrays.copyOfRange(der, at + 2, contentAt(der, at))).intValueExact();
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length < LONG_FORM) {
      element.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      byte[] shortest = digits[0] == 0 ? Arrays.copyOfRange(digits, 1, digits.length) : digits;
      element.write(LONG_FORM + shortest.length);
      element.writeBytes(shortest);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
