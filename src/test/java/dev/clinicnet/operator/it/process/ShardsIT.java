package dev.clinicnet.operator.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.AccountOperator;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.FurtherAccounts;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two operators in one cluster, each with namespaces of its own. */
@SuppressWarnings("try") // An operator only has to run.
@OwnKubernetes
class ShardsIT extends InOneNamespace {
  private static final Duration A_WHILE = Duration.ofSeconds(2);

  /** Longer than an operator waits before it looks at an NgrokAccount again. */
  private static final Duration SEVERAL_LOOKS = Duration.ofSeconds(35);

  private static final String DEFAULT = dev.clinicnet.operator.api.v1alpha1.NgrokAccount.DEFAULT;
  private static final String WEST = "accountRef: {name: west}";

  @RegisterExtension final FreshNamespace other = FreshNamespace.withoutControllers();
  @RegisterExtension final FurtherAccounts accounts = new FurtherAccounts();
  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  private NgrokAccount otherAccount;
  private Manifests otherManifests;
  private KubernetesClient client;

  @BeforeEach
  void openOther() {
    otherAccount = NgrokAccount.open();
    otherManifests = new Manifests(other.admin(), other.name());
    client = other.operatorClient();
  }

  @AfterEach
  void closeOther() {
    client.close();
    otherAccount.close();
  }

  @Test
  void eachWorksOnItsOwnNamespaceAndAccount() {
    try (ClinicOperator first = watchfulOperator().start();
        ClinicOperator second = otherOperator()) {
      manifests.apply("examples/clinic1");
      otherManifests.apply("examples/clinic1");
      manifests.awaitAllReady();
      otherManifests.awaitAllReady();

      assertThat(marks(account)).isEqualTo(Map.of("test-" + namespace.name(), endpoints(account)));
      assertThat(marks(otherAccount))
          .isEqualTo(Map.of("test-" + other.name(), endpoints(otherAccount)));
      account.forgetRequests();
      otherAccount.forgetRequests();
      await()
          .during(A_WHILE)
          .atMost(A_WHILE.multipliedBy(5))
          .until(() -> account.writes().isEmpty() && otherAccount.writes().isEmpty());
    }
  }

  @Test
  void whenOneAccountFailsTheOtherGoesOn() {
    try (ClinicOperator first = watchfulOperator().start();
        ClinicOperator second = otherOperator()) {
      manifests.apply("examples/clinic1");
      manifests.awaitAllReady();
      account.fault("{\"path\": \"/*\", \"status\": 500, \"times\": 1000000}");

      otherManifests.apply("examples/clinic1");
      otherManifests.awaitAllReady();
      otherManifests.deleteAll();
      otherManifests.awaitGone();

      assertThat(otherAccount.all("endpoints")).isEmpty();
      assertThat(manifests.clinics()).hasSize(1);
      assertThat(account.all("endpoints")).isNotEmpty();
    }
  }

  @Test
  void onlyOneWritesTheStatusOfAnNgrokAccountThatBothUse() {
    try (NgrokAccount shared = NgrokAccount.open(withWest())) {
      writeKeys();
      accounts.applyFor(namespace.name() + ", " + other.name(), "west");
      grants.apply(
          """
          - name: both
            namespaces: {names: [%s, %s]}
            internalDomains: ['**']
          """
              .formatted(namespace.name(), other.name()));
      manifests.applyText(Site.clinicWithDomains("one", "[]", WEST));
      for (String clinic : List.of("one", "two", "three")) {
        otherManifests.applyText(
            Site.clinicWithDomains(
                clinic, "[]", "internalDomain: " + clinic + ".other.internal", WEST));
      }
      otherManifests.applyText(Site.clinicWithDomains("default", "[]"));
      try (ClinicOperator first = operator(shared.url()).withIntervals(OFTEN, OFTEN).start();
          ClinicOperator second = otherOperator(shared)) {
        manifests.awaitAllReady();
        otherManifests.awaitAllReady();
        eventually(() -> assertThat(clinicsOf(DEFAULT)).isEqualTo(isFirst(DEFAULT) ? 0 : 1));
        eventually(() -> assertThat(clinicsOf("west")).isEqualTo(isFirst("west") ? 1 : 3));
        eventually(() -> assertThat(accounts.says("west", ConditionType.Ready)).startsWith("True"));

        Map<String, String> before = versions();
        await()
            .during(SEVERAL_LOOKS)
            .atMost(SEVERAL_LOOKS.multipliedBy(2))
            .pollInterval(Duration.ofMillis(250))
            .until(() -> versions().equals(before));

        for (ClinicOperator operator : List.of(first, second)) {
          assertThat(operator.metrics())
              .contains("operator_writes_refused_total{kind=\"NgrokAccount\"} 0.0");
        }
      }
    }
  }

  @Test
  void theOneThatUsesAnNgrokAccountTakesItsStatus() {
    try (NgrokAccount shared = NgrokAccount.open(withWest())) {
      new Manifests(other.admin(), other.name()).applyText(SECRET);
      accounts.applyFor(other.name(), "west");
      try (ClinicOperator first = operator(shared.url()).withIntervals(OFTEN, OFTEN).start()) {
        eventually(
            () ->
                assertThat(accounts.says("west", ConditionType.ResolvedRefs))
                    .startsWith("False ReferenceNotFound: "));
        assertThat(writer("west")).isEqualTo(new AccountOperator(instance(), 0));
        try (ClinicOperator second = otherOperator(shared)) {
          eventually(
              () -> assertThat(accounts.says("west", ConditionType.Ready)).startsWith("True"));
          assertThat(writer("west")).isEqualTo(new AccountOperator("test-" + other.name(), 1));

          Map<String, String> before = versions();
          Duration looks = SEVERAL_LOOKS.dividedBy(3);
          await()
              .during(looks)
              .atMost(looks.multipliedBy(2))
              .pollInterval(Duration.ofMillis(250))
              .until(() -> versions().equals(before));
        }
      }
    }
  }

  private static SimulatorOptions withWest() {
    return SimulatorOptions.defaults()
        .withoutRateLimit()
        .withApiKey(RunningOperator.API_KEY)
        .withAccount("west", FurtherAccounts.WEST_KEY);
  }

  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: accounts}
      stringData: {west: %s}
      """
          .formatted(FurtherAccounts.WEST_KEY);

  private void writeKeys() {
    manifests.applyText(SECRET);
    otherManifests.applyText(SECRET);
  }

  private List<dev.clinicnet.operator.api.v1alpha1.NgrokAccount> ngrokAccounts() {
    return namespace
        .admin()
        .resources(dev.clinicnet.operator.api.v1alpha1.NgrokAccount.class)
        .list()
        .getItems();
  }

  private Map<String, String> versions() {
    return ngrokAccounts().stream()
        .collect(
            Collectors.toMap(
                found -> found.getMetadata().getName(),
                found -> found.getMetadata().getResourceVersion()));
  }

  private NgrokAccountStatus status(String name) {
    return ngrokAccounts().stream()
        .filter(found -> found.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getStatus();
  }

  private AccountOperator writer(String name) {
    return status(name).operator();
  }

  private boolean isFirst(String name) {
    return writer(name).instance().equals(instance());
  }

  private int clinicsOf(String name) {
    return status(name).total().clinics();
  }

  private ClinicOperator otherOperator() {
    return otherOperator(otherAccount);
  }

  private ClinicOperator otherOperator(NgrokAccount ngrok) {
    return RunningOperator.on(client, other.name(), ngrok.url())
        .withIntervals(OFTEN, OFTEN)
        .start();
  }

  private static long endpoints(NgrokAccount account) {
    return account.all("endpoints").size();
  }

  /** How many endpoints have the mark of each instance. */
  private static Map<String, Long> marks(NgrokAccount account) {
    return account.all("endpoints").stream()
        .collect(Collectors.groupingBy(row -> mark(row).instance(), Collectors.counting()));
  }
}
