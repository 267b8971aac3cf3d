package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Checks that the operator does nothing after convergence. */
final class Quiet {
  private static final Duration SETTLING = Duration.ofMillis(500);
  private static final Duration WATCHED = Duration.ofSeconds(2);

  private final DemoKubernetes kubernetes;
  private final SimulatorControl control;

  Quiet(DemoKubernetes kubernetes, SimulatorControl control) {
    this.kubernetes = kubernetes;
    this.control = control;
  }

  /** Watches, and returns the checks. */
  DemoCheck watch(Screen screen) throws InterruptedException {
    // An Event follows the awaited status.
    Thread.sleep(SETTLING.toMillis());
    JsonNode requests = control.requests();
    int writes = kubernetes.operatorWrites();
    screen.step("converged; watching for " + WATCHED.toSeconds() + " s that nothing moves");
    Thread.sleep(WATCHED.toMillis());
    int more = kubernetes.operatorWrites() - writes;
    JsonNode after = control.requests();
    return DemoCheck.that(
        "converged is quiet: in 2 s no request to ngrok and no write to Kubernetes",
        more == 0 && after.equals(requests),
        "%d writes to Kubernetes; requests to ngrok were %s, are %s"
            .formatted(more, requests, after));
  }
}
