package dev.clinicnet.operator.controller;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Texts that nobody has used before, for what the platform does not keep unique. */
public final class Nonces {
  private static final int BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Nonces() {}

  static String fresh() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
