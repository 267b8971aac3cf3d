package dev.clinicnet.operator.policy.raw;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes sure that the requests which ngrok sends for an action go to public hosts only. ngrok
 * reaches every internal endpoint of the account by its name (documented), including those of other
 * clinics.
 */
final class OutsideRequests {

  private static final Pattern URL =
      Pattern.compile("https?://([A-Za-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?#].*)?", Pattern.DOTALL);

  private OutsideRequests() {}

  /** Checks the config of any action, as it is sent. */
  static void check(String action, Map<?, ?> config, Place place) {
    if (action.equals("http-request")) {
      if (config.get("url") != null) {
        outside(config.get("url"), place.field("url"));
      }
      if (!(config.get("max_redirects") instanceof Number most) || !most.toString().equals("0")) {
        place
            .field("max_redirects")
            .error(
                "a redirect could lead to an internal endpoint of another clinic: set it to 0 and"
                    + " ask the final URL");
      }
    } else if (action.equals("ai-gateway")) {
      providers(config, place);
    }
  }

  /** A provider may have a URL of its own. */
  private static void providers(Object value, Place place) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        providers(list.get(i), place.item(i));
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, below) -> {
            Place there = place.field(String.valueOf(key));
            boolean isURL = String.valueOf(key).toLowerCase(Locale.ROOT).endsWith("url");
            if (isURL && below instanceof String && there.errors().isEmpty()) {
              outside(below, there);
            }
            providers(below, there);
          });
    }
  }

  /** Refuses a URL unless it certainly reaches no internal endpoint. */
  private static void outside(Object url, Place place) {
    Matcher host = URL.matcher(String.valueOf(url));
    if (!host.matches()) {
      place.error(
          "does not say plainly which host is asked: write https:// and a host, without ${…}, user"
              + " name and password");
    } else if (isInternal(host.group(1))) {
      place.error(
          "\"%s\" is an internal endpoint, and could be another clinic's: only the service's own"
                  .formatted(host.group(1))
              + " forward reaches internal endpoints; ask a public host");
    }
  }

  private static boolean isInternal(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.+$", "");
    return name.equals("internal") || name.endsWith(".internal");
  }
}
