package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Reason.Waits;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A state that needs a person has an alert, or a reason why it has none. */
class AlertedReasonsTest {
  private static final Pattern SELECTED = Pattern.compile("reason=~?\"([\\w|]+)\"");
  private static final Pattern LEFT_OUT = Pattern.compile("reason!~\"([\\w|]+)\"");

  /** Somebody wants these. */
  private static final Set<String> WANTED = Set.of("Suspended", "AuthtokenKept");

  /** The person who asked for the session sees these. */
  private static final Set<String> OF_SESSIONS = Set.of("NeverOpened", "Refused");

  /** Other alerts tell these, by other metrics or by the same state of another object. */
  private static final Set<String> TOLD =
      Set.of(
          "APIKeyRejected",
          "ClinicNotAccepted",
          "CertificateExpiring",
          "EndpointNotBound",
          "LockNotInstalled",
          "LockRefusesRequests",
          "LockRotationWaits");

  /** The agent of a site that is being set up: the alert on its site kit tells it. */
  private static final Set<String> SETTING_UP = Set.of("NeverConnected", "NeverBound");

  /** An alert selects every condition of this type. */
  private static final Set<String> BY_TYPE = Set.of("OverlapPassed");

  /** All that make an object {@code Stalled}, where the alert does not leave them out. */
  private final Set<String> leftOut = new TreeSet<>();

  private final Set<String> selected = new TreeSet<>();

  AlertedReasonsTest() {
    for (JsonNode rule : Alerts.rules()) {
      String own = rule.path("expr").asText().split(" unless ", 2)[0];
      collect(SELECTED, own, selected);
      collect(LEFT_OUT, own, leftOut);
    }
  }

  @Test
  void everyReasonThatWaitsForAPersonIsAlertedOn() {
    List<String> silent =
        Arrays.stream(Reason.values())
            .filter(r -> r.waits() == Waits.SOMEBODY || r.waits() == Waits.SETUP)
            .map(Reason::name)
            .filter(name -> !selected.contains(name))
            .filter(name -> leftOut.contains(name) || !isPartOfReady(name))
            .filter(name -> !WANTED.contains(name) && !OF_SESSIONS.contains(name))
            .filter(name -> !TOLD.contains(name) && !SETTING_UP.contains(name))
            .filter(name -> !BY_TYPE.contains(name))
            .toList();

    assertThat(silent).as("reasons without an alert").isEmpty();
  }

  @Test
  void everyReasonOfAnAlertIsOne() {
    assertThat(selected).allMatch(name -> Reason.parse(name).isPresent());
    assertThat(leftOut).allMatch(name -> Reason.parse(name).isPresent());
  }

  /** The reasons before those of DomainsReady: an object with one of them is Stalled. */
  private static boolean isPartOfReady(String name) {
    return Reason.valueOf(name).compareTo(Reason.DomainsReady) < 0;
  }

  private static void collect(Pattern pattern, String expr, Set<String> names) {
    pattern
        .matcher(expr)
        .results()
        .forEach(match -> names.addAll(List.of(match.group(1).split("\\|"))));
  }
}
