package dev.clinicnet.operator.policy.raw;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs that ngrok itself asks. */
final class Urls {

  private static final Pattern HOST =
      Pattern.compile("https?://([A-Za-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?#].*)?", Pattern.DOTALL);

  private Urls() {}

  /** Any http or https URL; what <code>${…}</code> makes of it is not known. */
  static Shape http() {
    return (value, place) -> {
      String text = (String) value;
      if (!Interpolations.in(text) && !HOST.matcher(text).matches()) {
        place.error("\"%s\" is no URL: write https:// and a host".formatted(text));
      }
    };
  }

  /**
   * One that reaches no internal endpoint, whatever is evaluated in it. ngrok's http-request
   * reaches every internal endpoint of the account by its name (documented), so other clinics too.
   */
  static Shape outside() {
    return (value, place) -> {
      Matcher host = HOST.matcher((String) value);
      if (!host.matches()) {
        place.error(
            "\"%s\" does not say plainly which host is asked: write https:// and a host without ${…}"
                .formatted(value));
      } else if (isInternal(host.group(1))) {
        place.error(
            "\"%s\" is an internal endpoint, and could be another clinic's: only the service's own"
                    .formatted(host.group(1))
                + " forward reaches internal endpoints; ask a public host");
      }
    };
  }

  static boolean isInternal(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.+$", "");
    return name.equals("internal") || name.endsWith(".internal");
  }
}
