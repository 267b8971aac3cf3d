package dev.clinicnet.operator.manifest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other ways to write a text, for frequent mistakes. */
final class OtherSpellings {
  private static final Pattern DURATION =
      Pattern.compile("([1-9][0-9]{0,5}) ?([wdhms])(eeks?|ays?|ours?|rs?|in(ute)?s?|ec(ond)?s?)?");
  private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final int HOURS_OF_A_DAY = 24;
  private static final int HOURS_OF_A_WEEK = 168;

  private OtherSpellings() {}

  /** The most likely one comes first. None is the text itself. */
  static List<String> of(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    if (plain.isEmpty()) {
      return List.of();
    }
    Set<String> spellings = new LinkedHashSet<>();
    Punycode.of(text).ifPresent(spellings::add);
    duration(plain).ifPresent(spellings::add);
    spellings.add(text.strip());
    spellings.add(plain);
    String host = plain.replaceFirst("^[a-z]+://", "");
    spellings.add(host.replaceFirst("/+$", ""));
    spellings.add(host.replaceFirst("\\.$", ""));
    spellings.add(host.replaceFirst(":443/*$", ""));
    spellings.add(host.replaceFirst("^@", ""));
    if (IPV4.matcher(plain).matches()) {
      spellings.add(plain + "/32");
    } else if (IPV6.matcher(plain).matches()) {
      spellings.add(plain + "/128");
    }
    spellings.add("/" + text.strip());
    spellings.add(text.strip().replaceFirst("/+\\*{0,2}$", ""));
    spellings.remove(text);
    return List.copyOf(spellings);
  }

  /** The duration in units that exist. Days and weeks become hours. */
  private static Optional<String> duration(String text) {
    Matcher duration = DURATION.matcher(text);
    if (!duration.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(duration.group(1));
    return switch (duration.group(2)) {
      case "w" -> Optional.of(number * HOURS_OF_A_WEEK + "h");
      case "d" -> Optional.of(number * HOURS_OF_A_DAY + "h");
      default -> Optional.of(number + duration.group(2));
    };
  }
}
