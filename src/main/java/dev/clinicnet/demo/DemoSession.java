package dev.clinicnet.demo;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** A technician opens the dashboard, looks at it, and closes it again. */
final class DemoSession {
  private static final Path CRD = Path.of("crds/clinicsessions.clinicnet.dev.yaml");
  private static final Path EXAMPLE = Path.of("examples/session/session.yaml");
  private static final String NAME = "dashboard-demo";
  private static final String TECHNICIAN = "198.51.100.8";
  private static final long LOOK_MILLIS = 50;

  private final KubernetesClient client;
  private final SimulatorControl control;
  private final TimeLimit limit;
  private final Screen screen;

  DemoSession(KubernetesClient client, SimulatorControl control, TimeLimit limit, Screen screen) {
    this.client = client;
    this.control = control;
    this.limit = limit;
    this.screen = screen;
  }

  /** Runs the session, and returns the checks. */
  List<DemoCheck> run() throws InterruptedException {
    ClinicSession session = Checkout.read(EXAMPLE, ClinicSession.class);
    session.getMetadata().setGenerateName(null);
    session.getMetadata().setName(NAME);
    resource().resource(session).create();
    ClinicSession open = await("open", DemoSession::isOpen);
    String url = open.getStatus().publicURL();
    screen.step("ClinicSession %s is Open: %s".formatted(NAME, url));
    screen.heading("ClinicSessions (kubectl get clinicsessions)");
    screen.lines(PrinterColumns.of(CRD).table(List.of(open)));
    String answer = new Visitor(control, TECHNICIAN).get(url, "/");
    boolean ends = policy(url).contains(open.getStatus().expiresAt());

    screen.line("");
    resource().withName(NAME).delete();
    var unused = await("gone", gone -> gone == null);
    screen.step("ClinicSession %s was deleted: nothing is open".formatted(NAME));
    return List.of(
        DemoCheck.equal("while a session is open, the dashboard answers", "200", answer),
        DemoCheck.that(
            "its public endpoint denies everything after the session by itself",
            ends,
            "the policy does not name the session's end"),
        DemoCheck.equal("after the session, nothing is there", "", policy(url)));
  }

  private static boolean isOpen(ClinicSession session) {
    ClinicSessionStatus status = session == null ? null : session.getStatus();
    return status != null && status.phase() == SessionPhase.Open;
  }

  /** The policy of a public endpoint; empty if there is none. */
  private String policy(String url) {
    return AccountChecks.cloudEndpoints(control.state()).getOrDefault(url, "");
  }

  private ClinicSession await(String what, Predicate<ClinicSession> condition)
      throws InterruptedException {
    while (true) {
      ClinicSession now = resource().withName(NAME).get();
      if (condition.test(now)) {
        return now;
      }
      if (limit.hasPassed()) {
        throw new DemoFailure(
            List.of(
                "After %d s the ClinicSession is not %s: %s"
                    .formatted(
                        limit.limit().toSeconds(), what, now == null ? "gone" : now.getStatus())));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private NonNamespaceOperation<ClinicSession, ?, Resource<ClinicSession>> resource() {
    return client.resources(ClinicSession.class).inNamespace(Demo.NAMESPACE);
  }
}
