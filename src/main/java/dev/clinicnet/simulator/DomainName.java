package dev.clinicnet.simulator;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The documented rules for the name of a reserved domain. */
final class DomainName {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern STRANGE = Pattern.compile("[^a-z0-9.*-]");
  private static final List<String> NGROK_BASES =
      List.of(
          "ngrok.app", "ngrok.dev", "ngrok.pizza", "ngrok-free.app", "ngrok-free.dev", "ngrok.io");
  private static final List<String> UNREACHABLE =
      List.of("internal", "local", "localhost", "test", "invalid", "example", "onion");
  private static final int MAX = 253;

  private DomainName() {}

  /** Lower case, without blanks around it and without the dot at the end (observed). */
  static String normalise(String name) {
    String text = name.strip().toLowerCase(Locale.ROOT);
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  static boolean isNgrokOwned(String domain) {
    return NGROK_BASES.stream().anyMatch(base -> domain.endsWith("." + base));
  }

  static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  static void check(String domain) {
    if (domain.length() > MAX) {
      throw SimulatorError.DOMAIN_LENGTH.with(MAX, domain.length());
    }
    checkCharacters(domain);
    checkWildcard(domain);
    String[] labels = domain.split("\\.", -1);
    String last = labels[labels.length - 1];
    if (UNREACHABLE.contains(last)) {
      throw SimulatorError.DOMAIN_TLD.with(last, domain);
    }
    if (domain.equals("ngrok.com") || domain.endsWith(".ngrok.com")) {
      throw SimulatorError.DOMAIN_FORBIDDEN.with(domain);
    }
    if (labels.length < 2) {
      throw SimulatorError.DOMAIN_NOT_QUALIFIED.with(domain);
    }
    if (labels[0].equals("*")
        && (labels.length == 2 || NGROK_BASES.contains(domain.substring(2)))) {
      throw SimulatorError.WILDCARD_TOO_WIDE.with(domain.substring(2), domain);
    }
    for (String label : labels) {
      if (!label.equals("*") && !isLabel(label)) {
        throw SimulatorError.DOMAIN_NOT_QUALIFIED.with(domain);
      }
    }
  }

  private static void checkCharacters(String domain) {
    if (domain.contains("_")) {
      throw SimulatorError.DOMAIN_UNDERSCORE.with(domain);
    }
    var strange = STRANGE.matcher(domain);
    if (strange.find()) {
      throw SimulatorError.DOMAIN_CHARACTER.with(strange.group(), domain);
    }
  }

  private static void checkWildcard(String domain) {
    int dot = domain.indexOf('.');
    String first = dot < 0 ? domain : domain.substring(0, dot);
    if (first.contains("*") && !first.equals("*")) {
      throw SimulatorError.WILDCARD_PARTIAL.with(domain);
    }
    if (dot >= 0 && domain.substring(dot).contains("*")) {
      throw SimulatorError.WILDCARD_NOT_FIRST.with(domain);
    }
  }
}
