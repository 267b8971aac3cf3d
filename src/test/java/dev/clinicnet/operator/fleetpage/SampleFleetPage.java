package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The fleet page over a sample fleet, for tests and for a browser. */
final class SampleFleetPage implements AutoCloseable {
  /** The token that its Kubernetes accepts. */
  static final String TOKEN = "sample-token-of-a-viewer";

  static final Viewer VIEWER =
      new Viewer("amara@example.com", "1", List.of("system:authenticated"), Map.of());

  /** Knows one person, who may list everything. */
  static final Reviews ALLOWS_ALL =
      new Reviews() {
        @Override
        public Optional<Viewer> holder(String token) {
          return token.equals(TOKEN) ? Optional.of(VIEWER) : Optional.empty();
        }

        @Override
        public boolean mayList(Viewer viewer, String group, String resource, String namespace) {
          return true;
        }
      };

  private static final int LIMIT = 120;
  private static final Runbooks RUNBOOKS =
      new Runbooks(Optional.of(URI.create("https://clinicnet.dev/docs/runbooks")));

  private final FleetPageServer server;

  SampleFleetPage(Fleet fleet, Reviews reviews, Clock clock) throws IOException {
    server =
        new FleetPageServer(
            new FleetPageOptions(0, Optional.empty(), RUNBOOKS),
            source(fleet, clock),
            reviews,
            clock,
            System::nanoTime);
  }

  /** What the pages show. */
  static FleetSource source(Fleet fleet, Clock clock) {
    Instant now = clock.instant();
    return new FleetSource(
        () -> fleet,
        () -> true,
        Optional::empty,
        () -> List.of(figures("default", history(now), 37)),
        LIMIT,
        (n, c, s) -> events(now, c),
        RUNBOOKS);
  }

  static AccountFigures figures(String account, BudgetHistory history, int used) {
    return new AccountFigures(
        account,
        history,
        used,
        Optional.of(Duration.ofSeconds(42)),
        Optional.of(Duration.ofMinutes(7)));
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }

  /**
   * Serves a page until the process ends. It writes its port into a file.
   *
   * @param arguments the number of clinics, and the file
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    Fleet fleet = SampleFleet.of(Integer.parseInt(arguments[0]), clock.instant());
    try (SampleFleetPage page = new SampleFleetPage(fleet, ALLOWS_ALL, clock)) {
      Path file = Path.of(arguments[1]);
      Path whole =
          Files.writeString(file.resolveSibling(file.getFileName() + ".new"), page.port() + "\n");
      Files.move(whole, file);
      Thread.currentThread().join();
    }
  }

  private static List<FleetEvent> events(Instant now, String clinic) {
    return List.of(
        new FleetEvent(
            now.minus(Duration.ofMinutes(7)),
            true,
            "Clinic " + clinic,
            "AgentOffline",
            "No agent is connected. Check the agent's host, its service, and its way out to port"
                + " 443."),
        new FleetEvent(
            now.minus(Duration.ofMinutes(41)), false, "Clinic " + clinic, "AgentConnected", ""));
  }

  /** Six hours with quiet times, a rush, and one refusal. */
  private static BudgetHistory history(Instant now) {
    Random random = new Random(1);
    Instant[] present = {now.minus(Duration.ofHours(7))};
    BudgetHistory history =
        new BudgetHistory(
            new Clock() {
              @Override
              public Instant instant() {
                return present[0];
              }

              @Override
              public ZoneOffset getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return this;
              }
            });
    for (int ago = 359; ago >= 0; ago--) {
      present[0] = now.minus(Duration.ofMinutes(ago));
      boolean rush = ago > 60 && ago < 95;
      requests(history, Lane.SWEEP, ago % 10 == 0 ? 24 + random.nextInt(6) : 4);
      requests(history, Lane.CHANGE, rush ? 60 + random.nextInt(25) : random.nextInt(4));
      requests(history, Lane.CLOSING, random.nextInt(20) == 0 ? 3 : 0);
      if (ago == 80) {
        history.requested("endpoints", "POST", Failure.THROTTLED, Duration.ofMillis(90));
      }
    }
    present[0] = now;
    return history;
  }

  private static void requests(BudgetHistory history, Lane lane, int count) {
    for (int i = 0; i < count; i++) {
      history.waited(lane, Duration.ofMillis(i * 40L));
    }
  }
}
