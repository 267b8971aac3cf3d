package dev.clinicnet.operator.controller;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes unique texts, for objects that have no unique name at the platform. */
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
