package dev.clinicnet.operator.docs;

import dev.clinicnet.operator.condition.Happening;
import dev.clinicnet.operator.condition.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/reference/events.md}. */
final class EventsPage {
  private static final String HEAD =
      """
      <!-- Generated from the enums Happening and Reason: change them, not this file. -->
      # Events

      This page lists the reason of every Event that the operator writes. The reasons are part of
      the API. A Warning asks a person to act; every other Event is Normal. While the account
      cannot be seen, no Event of a single object says so.

      ## What no condition says

      | Reason | Type | Meaning, and what to do |
      |---|---|---|
      """;
  private static final String CHANGES =
      """

      ## Changes of conditions

      When the reason or the status of a condition changes, an Event has the reason and the message
      of the condition. Events about [drift](../operations.md#drift) appear for each difference, and
      are always Warnings. `WaitingForBudget` has no Event, because a whole fleet may wait at once.

      | Reason | Type | Explained at |
      |---|---|---|
      """;

  private static final Set<Reason> DRIFT = EnumSet.of(Reason.DriftDetected, Reason.DriftCorrected);
  private static final Pattern SECTION = Pattern.compile("### (\\w+)");
  private static final Pattern REASON =
      Pattern.compile("\\| `(\\w+)` \\| (?:nothing|time|setup|somebody) .*");

  private EventsPage() {}

  static String write() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (Happening one : Happening.values()) {
      page.append(row(one.name(), one.isWarning(), one.meaning()));
    }
    page.append(CHANGES);
    sections().forEach(page::append);
    return page.toString();
  }

  /** One row for each reason, in the order of the page that explains them. */
  private static List<String> sections() throws IOException {
    List<String> rows = new ArrayList<>();
    String section = null;
    for (String line : Files.readAllLines(Path.of("docs/conditions.md"))) {
      Matcher heading = SECTION.matcher(line);
      Matcher entry = REASON.matcher(line);
      if (heading.matches()) {
        section = heading.group(1);
      } else if (section != null && entry.matches()) {
        Reason reason = Reason.valueOf(entry.group(1));
        if (reason == Reason.WaitingForBudget) {
          continue;
        }
        boolean warning = reason.waits() == Reason.Waits.SOMEBODY || DRIFT.contains(reason);
        String anchor = section.toLowerCase(Locale.ROOT);
        rows.add(
            row(reason.name(), warning, "[%s](../conditions.md#%s)".formatted(section, anchor)));
      }
    }
    return rows;
  }

  private static String row(String reason, boolean warning, String text) {
    return "| `%s` | %s | %s |%n".formatted(reason, warning ? "Warning" : "Normal", text);
  }
}
