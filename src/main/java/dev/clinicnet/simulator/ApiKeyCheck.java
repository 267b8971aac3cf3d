package dev.clinicnet.simulator;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Judges the {@code Authorization} header. Refusals repeat the submitted credential, as the
 * platform does (observed). Clients must not log the message as it is.
 */
final class ApiKeyCheck {
  static final String BEARER = "Bearer ";
  private static final Pattern WELL_FORMED =
      Pattern.compile("(" + AccessTokens.BEGINNING + ")?[0-9A-Za-z]+_[0-9A-Za-z]+");
  private static final String KEY_ID_PREFIX = "ak_";

  private final String onlyKey;
  private final Predicate<String> isCreated;
  private final Predicate<String> isAuthtoken;

  /**
   * A check that accepts the one key and the keys created with it, or any well-formed key.
   *
   * @param onlyKey the key that the simulator was started with, null for any
   */
  ApiKeyCheck(String onlyKey, Predicate<String> isCreated, Predicate<String> isAuthtoken) {
    this.onlyKey = onlyKey;
    this.isCreated = isCreated;
    this.isAuthtoken = isAuthtoken;
  }

  /** The key in the header, if it is accepted. */
  String check(String header) {
    if (header == null || header.isBlank()) {
      throw SimulatorError.NO_AUTHORIZATION.with();
    }
    if (!header.startsWith(BEARER)) {
      throw SimulatorError.AUTHORIZATION_UNPARSABLE.with(header);
    }
    String key = header.substring(BEARER.length()).strip();
    if (key.equals(onlyKey) || isCreated.test(key)) {
      return key;
    }
    if (isAuthtoken.test(key)) {
      throw SimulatorError.KEY_IS_AUTHTOKEN.with(key);
    }
    if (key.startsWith(KEY_ID_PREFIX) && Ids.isKsuid(key.substring(KEY_ID_PREFIX.length()))) {
      throw SimulatorError.KEY_IS_KEY_ID.with(key);
    }
    if (!WELL_FORMED.matcher(key).matches()) {
      throw SimulatorError.KEY_MALFORMED.with(key);
    }
    if (onlyKey != null) {
      throw SimulatorError.KEY_INVALID.with(key);
    }
    return key;
  }
}
