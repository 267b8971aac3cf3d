package dev.clinicnet.simulator.traffic;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** Replaces {@code from} by {@code to} in a URL, for {@code redirect} and {@code url-rewrite}. */
final class UrlPattern {
  private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|[0-9A-Za-z_]+)");

  private UrlPattern() {}

  /**
   * The URL with every match of {@code from} replaced; without {@code from}, the result is {@code
   * to} (documented).
   *
   * @throws EvaluationFailed if {@code from} is not a regular expression
   */
  static String apply(Config config, String url) {
    Optional<String> from = config.text("from");
    String to = config.requireText("to");
    if (from.isEmpty()) {
      return to;
    }
    Matcher matcher = pattern(from.get()).matcher(url);
    StringBuilder result = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      result.append(url.substring(end, matcher.start())).append(expand(to, matcher));
      end = matcher.end();
    }
    return result.append(url.substring(end)).toString();
  }

  private static Pattern pattern(String from) {
    try {
      return Pattern.compile(from);
    } catch (PatternSyntaxException e) {
      throw new EvaluationFailed("config.from", "it is no regular expression");
    }
  }

  /** Expands a template like Go: the longest name counts, and an unknown group is empty. */
  private static String expand(String to, Matcher match) {
    Matcher references = REFERENCE.matcher(to);
    StringBuilder result = new StringBuilder();
    int end = 0;
    while (references.find()) {
      result
          .append(to.substring(end, references.start()))
          .append(group(references.group(1), match));
      end = references.end();
    }
    return result.append(to.substring(end)).toString();
  }

  private static String group(String name, Matcher match) {
    if (name.equals("$")) {
      return "$";
    }
    if (name.chars().allMatch(Character::isDigit)) {
      boolean known = name.length() < 4 && Integer.parseInt(name) <= match.groupCount();
      return known ? text(match.group(Integer.parseInt(name))) : "";
    }
    return match.pattern().namedGroups().containsKey(name) ? text(match.group(name)) : "";
  }

  private static String text(String group) {
    return group == null ? "" : group;
  }
}
