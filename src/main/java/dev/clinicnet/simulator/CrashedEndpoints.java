package dev.clinicnet.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The endpoints of agents that have crashed. The platform needs some seconds to notice (observed: 5
 * to 10 s), and until then it lets no other agent bind their URLs.
 */
final class CrashedEndpoints {
  private final Clock clock;
  private final List<Held> held = new ArrayList<>();
  private Duration heldFor = Duration.ZERO;

  private record Held(String url, boolean pooled, String session, Instant until) {}

  CrashedEndpoints(Clock clock) {
    this.clock = clock;
  }

  /** Sets how long the URLs of future crashes are held; zero: not at all. */
  void holdFor(Duration duration) {
    heldFor = duration;
  }

  /** An agent of this session has crashed. */
  void crashed(String session, List<Row> endpoints) {
    Instant until = clock.instant().plus(heldFor);
    endpoints.forEach(
        row -> held.add(new Held(row.text("url"), row.flag("pooling_enabled"), session, until)));
  }

  /** Whether a crashed agent of another session still keeps the URL. */
  boolean keeps(String url, boolean pooled, String session) {
    Instant now = clock.instant();
    held.removeIf(each -> !each.until().isAfter(now));
    return held.stream()
        .filter(each -> each.url().equals(url) && !each.session().equals(session))
        .anyMatch(each -> !pooled || !each.pooled());
  }

  /** The agent of this session has come back. */
  void back(String session) {
    held.removeIf(each -> each.session().equals(session));
  }

  void reset() {
    held.clear();
    heldFor = Duration.ZERO;
  }
}
