package dev.clinicnet.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.certificate.ExpiryObserver;
import dev.clinicnet.operator.clinic.AgentAPIKeeper;
import dev.clinicnet.operator.clinic.ClinicKind;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.drift.DriftObserver;
import dev.clinicnet.operator.drift.DriftReport;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.ngrok.Budget;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.RequestObserver;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.operator.plan.AgentPort;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.reconcile.Locks;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.service.ServiceKind;
import dev.clinicnet.operator.session.SessionReconciler;
import dev.clinicnet.simulator.MutableClock;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The operator without the SDK, on a cluster in memory and a simulated account: one pass after the
 * other in one thread, at a time that stands still, so that it does the same at every run.
 */
final class TracedOperator implements AutoCloseable {
  static final String INSTANCE = "one";

  private static final int MOST_ROUNDS = 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private final Trace trace = new Trace();
  private final MutableClock clock = new MutableClock();
  private final TracedCluster cluster;
  private final NgrokAccount account =
      NgrokAccount.open(SimulatorOptions.defaults().withoutRateLimit().withClock(clock));
  private final Inventory inventory = new Inventory();
  private final RecordedRequests requests;
  private final OkHttpNgrokApi api;
  private final ReconcileLoop<Clinic> clinics;
  private final ReconcileLoop<ClinicService> services;
  private final SessionReconciler sessions;
  private final Map<String, Optional<Instant>> wakes = new LinkedHashMap<>();
  private JsonNode agent;

  /** At this time. */
  TracedOperator(Instant start) {
    clock.advance(Duration.between(clock.instant(), start));
    cluster = new TracedCluster(trace, start.toString());
    try {
      requests = new RecordedRequests(account.url(), trace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Budget budget =
        new Budget(BudgetOptions.perMinute(1_000_000).withFreshStart(), System::nanoTime);
    api =
        new OkHttpNgrokApi(
            NgrokClientOptions.of(requests.url(), () -> RunningOperator.API_KEY),
            budget,
            WriteGuard.ALWAYS,
            RequestObserver.NONE);
    Attempts attempts = new Attempts();
    Account ngrok =
        Account.unswept(
            "default",
            api,
            inventory,
            new PlanRunner(api, new TracedAgent(), inventory, attempts, owner -> {}, clock),
            attempts,
            clock);
    Settings settings = new Settings(INSTANCE, Duration.ofDays(7));
    Locks locks = new Locks();
    AtomicInteger drawn = new AtomicInteger();
    Supplier<String> nonces = () -> "fresh-nonce-" + drawn.incrementAndGet();
    AuditTrail trail = event -> trace.step("audit " + event.what(), JSON.valueToTree(event));
    DriftReport drift = new DriftReport(trail, DriftObserver.NONE, clock);
    clinics =
        new ReconcileLoop<>(
            new ClinicKind(
                ngrok,
                settings,
                new AgentAPIKeeper(new Drawn()),
                nonces,
                AgentObserver.NONE,
                trail,
                clock),
            locks,
            drift);
    services =
        new ReconcileLoop<>(
            new ServiceKind(ngrok, settings, nonces, ExpiryObserver.NONE, clock), locks, drift);
    sessions = new SessionReconciler(Duration.ofDays(30), trail, clock);
  }

  NgrokAccount account() {
    return account;
  }

  TracedCluster cluster() {
    return cluster;
  }

  void advance(Duration time) {
    clock.advance(time);
  }

  /** Goes over everything until nothing is left to do. */
  void settle() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int before = trace.size();
      Resource.ALL.forEach(this::list);
      cluster.all(Clinic.class).forEach(this::pass);
      cluster.all(ClinicService.class).forEach(this::pass);
      cluster.all(ClinicSession.class).forEach(this::pass);
      if (trace.size() == before) {
        return;
      }
    }
    throw new IllegalStateException("it does not come to rest: " + Trace.yaml(passes()));
  }

  /** The passes that did something, until now. */
  List<Object> passes() {
    return trace.takePasses();
  }

  /** The complete statuses, and the time of the next pass over each object. */
  Map<String, Object> statuses() {
    Map<String, Object> statuses = new LinkedHashMap<>();
    wakes.forEach(
        (path, wake) -> {
          Map<String, Object> told = new LinkedHashMap<>();
          wake.ifPresent(when -> told.put("requeueAt", when.toString()));
          told.put("status", JSON.<JsonNode>valueToTree(status(path)));
          statuses.put(path, told);
        });
    return statuses;
  }

  /** Connects an agent as the site kit of a Clinic has it. */
  void connectAgent(Clinic clinic) {
    String name = clinic.getStatus().siteKit().secretName();
    Secret siteKit = cluster.secret(clinic.getMetadata().getNamespace(), name).orElseThrow();
    agent = account.connectAgent(TracedCluster.text(siteKit, "ngrok.yml"));
  }

  private Object status(String path) {
    return cluster.all(HasMetadata.class).stream()
        .filter(object -> TracedCluster.path(object).equals(path))
        .map(object -> ((CustomResource<?, ?>) object).getStatus())
        .findFirst()
        .orElseThrow();
  }

  private void pass(HasMetadata object) {
    String path = TracedCluster.path(object);
    Outcome outcome = trace.pass(path, () -> reconcile(object));
    if (outcome.finished()) {
      cluster.remove(object);
      wakes.remove(path);
    } else {
      wakes.put(path, outcome.requeueAt());
    }
  }

  private Outcome reconcile(HasMetadata object) {
    boolean goes = object.isMarkedForDeletion();
    if (object instanceof Clinic clinic) {
      return goes ? clinics.cleanUp(clinic, cluster) : clinics.reconcile(clinic, cluster);
    } else if (object instanceof ClinicService service) {
      return goes ? services.cleanUp(service, cluster) : services.reconcile(service, cluster);
    }
    ClinicSession session = (ClinicSession) object;
    return goes ? sessions.cleanUp(session, cluster) : sessions.reconcile(session, cluster);
  }

  private <T extends RemoteObject> void list(Resource<T, ?, ?> resource) {
    long begun = inventory.beginSweep(resource);
    inventory.completeSweep(resource, begun, api.list(resource, Lane.SWEEP));
  }

  @Override
  public void close() {
    api.close();
    requests.close();
    account.close();
  }

  /** The agent, asked at its own machine. */
  private final class TracedAgent implements AgentPort {
    @Override
    public void start(Step.StartAgentEndpoint step) {
      Map<String, Object> endpoint = new LinkedHashMap<>();
      endpoint.put("name", step.name());
      endpoint.put("url", step.url());
      Map<String, Object> upstream = new LinkedHashMap<>();
      upstream.put("url", step.upstreamURL());
      upstream.put("protocol", step.upstreamProtocol());
      endpoint.put("upstream", upstream);
      trace.step("agent: start", endpoint);
      account.callAgent(agent, "POST", "/api/endpoints", JSON.valueToTree(endpoint).toString());
    }

    @Override
    public void stop(Step.StopAgentEndpoint step) {
      trace.step("agent: stop " + step.name());
      account.callAgent(agent, "DELETE", "/api/endpoints/" + step.name(), null);
    }
  }

  /** A source of the same numbers in every run. */
  private static final class Drawn extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random = new Random(1);

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
