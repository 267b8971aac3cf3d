package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.account.WaveOptions;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.OperatorOptions;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import dev.clinicnet.simulator.Simulator;
import dev.clinicnet.simulator.SimulatorOptions;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main job, once: manifests in, three sites converged, everything shown and checked. */
final class Demo {
  private static final Logger LOGGER = LoggerFactory.getLogger(Demo.class);

  static final String NAMESPACE = "clinics";
  static final String INSTANCE = "demo";

  /** A well-formed key. The simulator accepts every such key. */
  private static final String API_KEY = "demo_notARealKey";

  private static final String AUTHORITY = "certificate_authority";
  private static final int REQUESTS_PER_MINUTE = 120;
  private static final Duration REFRESH = Duration.ofSeconds(10);
  private static final Duration NEVER_IN_A_DEMO = Duration.ofHours(1);

  /** The sweep at the start, and the one after the agents have connected. */
  private static final int SWEEPS = 2;

  private final DemoOptions options;
  private final Screen screen;
  private final List<SiteKitFile> siteKits = new ArrayList<>();

  Demo(DemoOptions options, Screen screen) {
    this.options = options;
    this.screen = screen;
  }

  /** Runs the demo, and returns the exit code. */
  int run() {
    QuietLogs logs = new QuietLogs(!options.verbose());
    try {
      return start();
    } finally {
      logs.restore();
    }
  }

  private int start() {
    try (DemoKubernetes kubernetes = startKubernetes();
        var limit = new TimeLimit(options.limit(), Thread.currentThread())) {
      return run(kubernetes, limit);
    } catch (DemoFailure e) {
      screen.heading("The demo failed.");
      screen.lines(e.lines());
      return 1;
    } catch (InterruptedException e) {
      screen.bad("The demo failed: ", "it stood still after \"" + screen.lastStep() + "\"");
      return 1;
    } catch (IOException | RuntimeException | LinkageError e) {
      screen.bad("The demo failed, ", "after \"" + screen.lastStep() + "\":");
      screen.lines(Screen.wrap("  ", reason(e)));
      if (options.verbose()) {
        LOGGER.error("the demo failed", e);
      } else {
        screen.line("For the log and a stack trace, run it again with --verbose.");
      }
      return 1;
    }
  }

  private static String reason(Throwable failure) {
    return failure instanceof KubernetesClientException refused && refused.getStatus() != null
        ? "Kubernetes answered " + refused.getStatus().getMessage()
        : failure.toString();
  }

  /** The files from which the agents were installed. They have tokens. */
  List<SiteKitFile> siteKits() {
    return List.copyOf(siteKits);
  }

  private DemoKubernetes startKubernetes() {
    DemoKubernetes kubernetes =
        options.real() ? InstalledKubernetes.start() : EmbeddedKubernetes.start();
    screen.step(kubernetes.description());
    return kubernetes;
  }

  private int run(DemoKubernetes kubernetes, TimeLimit limit)
      throws IOException, InterruptedException {
    try (Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withRateLimit(REQUESTS_PER_MINUTE));
        SimulatorControl control = new SimulatorControl(simulator.url());
        SiteNetwork network = SiteNetwork.start();
        RealAgents agents =
            options.realAgents()
                ? RealAgents.start(simulator, control.edge("127.0.0.1").path(AUTHORITY).asText())
                : null;
        ClinicOperator operator =
            new ClinicOperator(operatorOptions(simulator.url()), kubernetes.operatorClient())) {
      screen.step("simulated ngrok account at " + simulator.url() + ", 120 requests a minute");
      options.fault().ifPresent(control::addFault);
      operator.start();
      screen.step("operator started");
      Progress progress = new Progress(kubernetes.adminClient(), limit, screen);
      apply(kubernetes.adminClient(), progress);
      progress.awaitServicesCounted();
      connectAgents(kubernetes.adminClient(), control, network, agents);
      operator.refresh();
      progress.await(ConditionType.AgentOnline);
      progress.await(ConditionType.SiteKitCurrent);

      DemoCheck quiet = new Quiet(kubernetes, control).watch(screen);
      Snapshot end = Snapshot.of(kubernetes.adminClient(), NAMESPACE);
      JsonNode state = control.state();
      JsonNode requests = control.requests();
      new Report(screen).show(end, siteKits.get(0), state, requests);
      screen.heading("A technician opens the dashboard for a while");
      List<DemoCheck> session =
          new DemoSession(kubernetes.adminClient(), control, limit, screen).run();

      List<DemoCheck> checks = new ArrayList<>(new SiteChecks(end, siteKits, control).all());
      AccountChecks account = new AccountChecks(end, state);
      checks.addAll(account.all());
      checks.addAll(new PolicyChecks(AccountChecks.cloudEndpoints(state)).all(end));
      checks.addAll(new TrafficChecks(end, control).all());
      checks.addAll(session);
      checks.add(account.requests(requests, SWEEPS));
      checks.add(quiet);
      checks.add(SiteChecks.noTokenIn(screen.transcript(), siteKits));
      int exit = new Report(screen).verdict(checks);
      if (options.stay()) {
        limit.close();
        stay(kubernetes, operator, simulator);
      }
      return exit;
    }
  }

  private OperatorOptions operatorOptions(URI ngrok) {
    return new OperatorOptions(
        new Settings(INSTANCE, Duration.ZERO),
        Set.of(),
        NgrokClientOptions.of(ngrok, () -> API_KEY),
        BudgetOptions.perMinute(REQUESTS_PER_MINUTE).withFreshStart(),
        NEVER_IN_A_DEMO,
        NEVER_IN_A_DEMO,
        WaveOptions.OFF,
        0,
        NEVER_IN_A_DEMO,
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The sites come one after the other. Two sites that list a new shared domain at the same moment
   * would both ask for it, and one would fail.
   */
  private void apply(KubernetesClient client, Progress progress) throws InterruptedException {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .serverSideApply();
    for (Site site : Checkout.examples().stream().map(Site::read).toList()) {
      site.apply(client, NAMESPACE);
      screen.step("applied %s: %s".formatted(site.directory(), site.summary()));
      progress.await(ConditionType.Ready);
    }
  }

  /**
   * Connects the agents like the technicians, each with the file of its site.
   *
   * @param agents null: they are simulated
   */
  private void connectAgents(
      KubernetesClient client, SimulatorControl control, SiteNetwork network, RealAgents agents)
      throws IOException {
    for (Clinic clinic : Snapshot.of(client, NAMESPACE).clinics()) {
      SiteKitFile file = SiteKitFile.read(client, clinic);
      int endpoints =
          agents == null
              ? simulated(file, control, network)
              : agents.connect(file, network.addresses());
      screen.step(
          "%s connected with ngrok.yml from Secret %s: %d endpoints"
              .formatted(
                  agents == null ? "an agent" : "an agent on ngrok's Go SDK",
                  file.secret(),
                  endpoints));
      siteKits.add(file);
    }
  }

  private static int simulated(SiteKitFile file, SimulatorControl control, SiteNetwork network) {
    JsonNode agent = control.connectAgent(file.text());
    control.upstreams(agent.path("id").asText(), network.addresses());
    return agent.path("endpoints").size();
  }

  private void stay(DemoKubernetes kubernetes, ClinicOperator operator, Simulator simulator)
      throws InterruptedException {
    screen.heading(
        "Everything keeps running until Ctrl-C; the account is listed every 10 s. Look at");
    kubernetes.kubectl().ifPresent(screen::whole);
    screen.whole("curl http://127.0.0.1:" + operator.httpPort() + "/metrics");
    screen.whole("curl " + simulator.url() + "/_simulator/state");
    while (true) {
      Thread.sleep(REFRESH.toMillis());
      operator.refresh();
    }
  }
}
