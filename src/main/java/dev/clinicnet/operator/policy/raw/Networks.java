package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Cidr;
import java.util.Optional;
import java.util.regex.Pattern;

/** References to networks, and to what an account holds. */
final class Networks {

  private static final Pattern POLICY = Pattern.compile("ipp_[A-Za-z0-9]+");
  private static final Pattern AUTHORITY = Pattern.compile("ca_[A-Za-z0-9]+");

  private Networks() {}

  /** A network, unless it is evaluated. */
  static void check(Object value, Place place) {
    String text = (String) value;
    if (Interpolations.in(text)) {
      return;
    }
    try {
      Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      Optional<String> network = Cidr.ofAddress(text);
      if (network.isPresent()) {
        place.warn("\"%s\" is one address: it is sent as %s".formatted(text, network.get()));
      } else {
        place.error(e.getMessage());
      }
    }
  }

  /** The id of an IP policy. */
  static void checkPolicy(Object value, Place place) {
    if (!POLICY.matcher((String) value).matches()) {
      place.error("\"%s\" is no id of an IP policy: those begin with ipp_".formatted(value));
    }
  }

  /** A certificate of an authority, or the id of one, unless it is evaluated. */
  static void checkAuthority(Object value, Place place) {
    String text = ((String) value).strip();
    if (!Interpolations.in(text)
        && !AUTHORITY.matcher(text).matches()
        && !text.contains("-----BEGIN CERTIFICATE-----")) {
      place.error("is neither a PEM certificate nor an id that begins with ca_: write one of them");
    }
  }
}
