package dev.clinicnet.bench;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.TokenKubeconfig;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a bench runs on: an API server with its etcd, a simulated account, and an operator in a JVM
 * of its own, which has the rights of {@code deploy/base} and no more.
 */
final class World implements AutoCloseable {
  private static final String ACCOUNT = "clinic-operator";
  private static final String NAMESPACE = "clinics";

  /** Another namespace than that of the fleet. */
  static final String OTHER_NAMESPACE = "newcomers";

  private static final int APPLIERS = 8;

  /** More requests in a minute than a fleet of any size sends. */
  private static final int UNLIMITED = 100_000;

  private static final Duration QUIET = Duration.ofSeconds(3);

  private final BenchOptions options;
  private final Instant origin = Instant.now();
  private final Path directory;
  private final KubernetesRequests audit;
  private final RealKubernetes kubernetes;
  private final NgrokAccount account;
  private final FleetWatch watch;
  private final ExecutorService appliers = Executors.newFixedThreadPool(APPLIERS);
  private OperatorJVM operator;
  private HeapHistogram emptyHeap;
  private int starts;

  private World(BenchOptions options, Path directory) {
    this.options = options;
    this.directory = directory;
    this.audit = KubernetesRequests.in(directory);
    this.kubernetes = RealKubernetes.start(audit.flags());
    kubernetes.apply(Path.of("crds"));
    kubernetes.apply(Path.of("deploy/base"));
    kubernetes.startControllers();
    for (String name : List.of(NAMESPACE, OTHER_NAMESPACE)) {
      kubernetes.apply(
          new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build());
    }
    SimulatorOptions simulator = SimulatorOptions.defaults().withPort(0).withClock(accountClock());
    this.account = NgrokAccount.open(options.limited() ? simulator : simulator.withoutRateLimit());
    answerAfter(options.latency().dividedBy(options.factor()));
    this.watch = watch(NAMESPACE);
  }

  private Clock accountClock() {
    return AccountTime.faster(options.factor(), origin).clock();
  }

  /** The present moment of the account's time. */
  Instant accountTime() {
    return accountClock().instant();
  }

  /** A watch of a namespace, which the caller closes. */
  FleetWatch watch(String namespace) {
    return new FleetWatch(admin(), namespace, BenchOptions.PATIENCE, accountClock());
  }

  /** Starts everything, and waits until the operator has listed the empty account. */
  static World open(BenchOptions options) {
    try {
      Path directory = Files.createDirectories(Path.of("target/bench"));
      World world = new World(options, Files.createTempDirectory(directory, "run"));
      world.startOperator();
      world.awaitQuiet();
      world.emptyHeap = world.operator.heap(options.java());
      return world;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answerAfter(Duration latency) {
    if (!latency.isZero()) {
      account.fault(
          "{\"path\": \"/*\", \"delay\": \"%dms\", \"times\": 100000000}"
              .formatted(Math.max(1, latency.toMillis())));
    }
  }

  BenchOptions options() {
    return options;
  }

  NgrokAccount account() {
    return account;
  }

  KubernetesRequests audit() {
    return audit;
  }

  FleetWatch watch() {
    return watch;
  }

  OperatorJVM operator() {
    return operator;
  }

  /** The heap of the operator before there was any Clinic. */
  HeapHistogram emptyHeap() {
    return emptyHeap;
  }

  /** A client with all rights. */
  KubernetesClient admin() {
    return kubernetes.adminClient();
  }

  /** The namespace of the fleet. */
  String namespace() {
    return NAMESPACE;
  }

  /** Starts the operator, and waits until it is ready. */
  void startOperator() {
    starts++;
    Path log = directory.resolve("operator-" + starts + ".log");
    operator =
        OperatorJVM.start(
            ContainerCommand.read(options.java(), options.memory()),
            arguments(),
            RunningOperator.API_KEY,
            log);
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--kubeconfig=" + kubeconfig());
    arguments.add("--ngrok-api-url=" + account.url());
    arguments.add("--http-port=0");
    if (options.factor() > 1) {
      arguments.add("--account-time=" + options.factor() + "@" + origin);
    }
    if (!options.limited()) {
      arguments.add("--requests-per-minute=" + UNLIMITED);
    }
    return arguments;
  }

  private Path kubeconfig() {
    try {
      return TokenKubeconfig.write(
          directory.resolve("kubeconfig"),
          admin(),
          URI.create(admin().getMasterUrl().toString()),
          kubernetes.token(ACCOUNT, ACCOUNT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until every object of the fleet is ready, and every Clinic says that its services are.
   */
  void awaitFleet() {
    watch().awaitReady(options.clinics() * (1 + Site.SERVICES));
    watch().awaitCounts();
  }

  /** The sites of the fleet. */
  List<Site> sites() {
    return IntStream.range(0, options.clinics()).mapToObj(Site::new).toList();
  }

  /**
   * Applies an object as a person does, and returns it as stored. Without a namespace, it is in
   * that of the fleet.
   */
  GenericKubernetesResource apply(GenericKubernetesResource object) {
    return inCluster(object).forceConflicts().fieldManager("team").serverSideApply();
  }

  /** Deletes an object, and does not wait. */
  void delete(GenericKubernetesResource object) {
    inCluster(object).delete();
  }

  private Resource<GenericKubernetesResource> inCluster(GenericKubernetesResource object) {
    String namespace = object.getMetadata().getNamespace();
    return admin()
        .genericKubernetesResources(object.getApiVersion(), object.getKind())
        .inNamespace(namespace == null ? NAMESPACE : namespace)
        .resource(object);
  }

  /** Does something for each object, some at a time. */
  <T> void each(List<T> objects, Consumer<T> action) {
    List<Future<?>> all = new ArrayList<>();
    objects.forEach(object -> all.add(appliers.submit(() -> action.accept(object))));
    all.forEach(World::join);
  }

  private static void join(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The simulator's log of the operator's requests, oldest first. */
  List<JsonNode> requests() {
    JsonNode log = account.call("GET", "/_simulator/requests?detail=true", null);
    return StreamSupport.stream(log.path("requests").spliterator(), false).toList();
  }

  /**
   * The bytes of what Kubernetes stores for the fleet, Events left out. etcd has custom resources
   * as JSON, as the API server shows them.
   */
  long storedBytes() {
    return Stream.of(
            "/apis/clinicnet.dev/v1alpha1/namespaces/%s/clinics",
            "/apis/clinicnet.dev/v1alpha1/namespaces/%s/clinicservices",
            "/api/v1/namespaces/%s/secrets")
        .mapToLong(path -> admin().raw(path.formatted(NAMESPACE)).length())
        .sum();
  }

  /** Waits until the operator has asked the API server for nothing for some seconds. */
  void awaitQuiet() {
    long[] last = {-1, System.nanoTime()};
    await()
        .atMost(BenchOptions.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              operator.requireAlive();
              long now = audit.mark();
              if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
              }
              return System.nanoTime() - last[1] > QUIET.toNanos();
            });
  }

  @Override
  public void close() {
    if (operator != null) {
      operator.close();
    }
    appliers.shutdownNow();
    watch.close();
    account.close();
    kubernetes.close();
  }
}
