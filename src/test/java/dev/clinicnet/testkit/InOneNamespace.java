package dev.clinicnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.inventory.Mark;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Gives each test its own namespace and its own ngrok account. */
@SuppressWarnings("try") // An operator only has to run.
@Execution(ExecutionMode.CONCURRENT)
public abstract class InOneNamespace {
  public static final Duration OFTEN = Duration.ofMillis(500);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension protected final FreshNamespace namespace = namespaces();

  protected NgrokAccount account;
  protected Manifests manifests;

  /** The kind of namespace that the tests need. */
  protected FreshNamespace namespaces() {
    return FreshNamespace.withoutControllers();
  }

  @BeforeEach
  protected final void openAccount() {
    account = NgrokAccount.open();
    manifests = new Manifests(namespace.admin(), namespace.name());
  }

  @AfterEach
  protected final void closeAccount() {
    account.close();
  }

  /** An operator that sweeps once, and releases names at once. */
  protected final RunningOperator operator() {
    return operator(account.url());
  }

  protected final RunningOperator operator(URI url) {
    return RunningOperator.on(namespace.operator(), namespace.name(), url);
  }

  /** An operator that lists the account often. */
  protected final RunningOperator watchfulOperator() {
    return operator().withIntervals(OFTEN, OFTEN);
  }

  /** The instance name of the operator of these tests. */
  protected final String instance() {
    return "test-" + namespace.name();
  }

  /** Makes the manifests of a site converge, with an operator that is stopped again. */
  protected final void convergeOnce(String... yaml) {
    List.of(yaml).forEach(manifests::applyText);
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      eventually(this::assertEveryServiceIsCounted);
    }
  }

  /** A Clinic may be Ready before it has seen services that were applied after it. */
  private void assertEveryServiceIsCounted() {
    int counted =
        manifests.clinics().stream().mapToInt(c -> c.getStatus().services().ready()).sum();
    assertThat(counted).isEqualTo(manifests.services().size());
  }

  /** Waits until as many sweeps as given have begun from now on. */
  protected final void awaitSweeps(int count) {
    int before = sweeps();
    eventually(() -> assertThat(sweeps()).isGreaterThanOrEqualTo(before + count));
  }

  /** Makes the operator list the account, and waits until it has: a second list has begun. */
  protected final void look(ClinicOperator operator) {
    for (int i = 0; i < 2; i++) {
      int before = sweeps();
      operator.refresh();
      eventually(() -> assertThat(sweeps()).isGreaterThan(before));
    }
  }

  private int sweeps() {
    return account.requests().getOrDefault("GET /reserved_addrs", 0);
  }

  protected static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  /** The only object of a resource. */
  protected final JsonNode only(String resource) {
    List<JsonNode> all = account.all(resource);
    if (all.size() != 1) {
      throw new AssertionError("not one of " + resource + " but " + all);
    }
    return all.get(0);
  }

  /** The object of a resource that has a field with this value. */
  protected final JsonNode the(String resource, String field, String value) {
    return account.all(resource).stream()
        .filter(row -> row.path(field).asText().equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + value + " among " + account.all(resource)));
  }

  protected static String id(JsonNode row) {
    return row.path("id").asText();
  }

  protected static Mark mark(JsonNode row) {
    return Mark.parse(row.path("metadata").asText())
        .orElseThrow(() -> new AssertionError("no mark: " + row));
  }

  /** The requests that create something. */
  protected final Map<String, Integer> creations() {
    Map<String, Integer> creations = account.writes();
    creations.keySet().removeIf(request -> !request.startsWith("POST "));
    return creations;
  }
}
