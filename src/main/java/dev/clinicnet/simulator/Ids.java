package dev.clinicnet.simulator;

import java.math.BigInteger;
import java.time.Clock;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Makes ids as the platform does: a prefix and a KSUID of 27 characters, which sorts by time. Ids
 * of one second sort in the order in which they were made.
 */
final class Ids {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  private static final long EPOCH = 1_400_000_000L;
  private static final int PAYLOAD_BITS = 128;
  private static final int LENGTH = 27;
  private static final Pattern KSUID = Pattern.compile("[0-9A-Za-z]{27}");

  private final Clock clock;
  private final Random random;
  private long lastSecond = Long.MIN_VALUE;
  private BigInteger lastPayload = BigInteger.ZERO;

  Ids(Clock clock, Random random) {
    this.clock = clock;
    this.random = random;
  }

  String next(String prefix) {
    return prefix + "_" + ksuid();
  }

  /** The second half of a token. */
  String secret() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 21; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }

  /** A lower-case DNS label. */
  String label(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(Character.toLowerCase(DIGITS.charAt(random.nextInt(DIGITS.length()))));
    }
    return text.toString();
  }

  /** Refuses an id of another kind of object. */
  static void requirePrefix(String id, String prefix) {
    if (!id.startsWith(prefix + "_")) {
      throw SimulatorError.WRONG_ID_PREFIX.with(id, prefix);
    }
    if (!isKsuid(id.substring(prefix.length() + 1))) {
      throw SimulatorError.MALFORMED_ID.with(id);
    }
  }

  static boolean isKsuid(String text) {
    return KSUID.matcher(text).matches();
  }

  private synchronized String ksuid() {
    long second = clock.instant().getEpochSecond();
    if (second == lastSecond) {
      lastPayload = lastPayload.add(BigInteger.valueOf(1 + random.nextInt(Integer.MAX_VALUE)));
    } else {
      lastSecond = second;
      lastPayload = new BigInteger(PAYLOAD_BITS - 1, random);
    }
    BigInteger value = BigInteger.valueOf(second - EPOCH).shiftLeft(PAYLOAD_BITS).or(lastPayload);
    StringBuilder text = new StringBuilder();
    while (text.length() < LENGTH) {
      BigInteger[] parts = value.divideAndRemainder(BASE);
      text.append(DIGITS.charAt(parts[1].intValue()));
      value = parts[0];
    }
    return text.reverse().toString();
  }
}
