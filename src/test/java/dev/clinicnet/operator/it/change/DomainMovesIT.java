package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exclusive domains that move between Clinics, of one namespace or of two, in one apply. */
@SuppressWarnings("try") // An operator only has to run.
class DomainMovesIT extends InOneNamespace {
  private static final Duration WEEK = Duration.ofDays(7);

  @RegisterExtension final FreshNamespace elsewhere = FreshNamespace.withoutControllers();

  private Manifests there;
  private KubernetesClient client;

  @BeforeEach
  void begin() {
    there = new Manifests(elsewhere.admin(), elsewhere.name());
    client = namespace.operatorClient();
  }

  @AfterEach
  void end() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "P7D"})
  void inACycleTogetherWithTheirServices(Duration undoWindow) {
    List<String> domains = List.of("a.example.org", "b.example.org", "c.example.org");
    rotated(domains, 0, true);
    try (ClinicOperator operator = operator(undoWindow)) {
      manifests.awaitAllReady();

      rotated(domains, 1, true);
      manifests.awaitAllReady();
      eventually(() -> assertHolders(domains, 1));
    }
  }

  @Test
  void oneMovesTogetherWithItsService() {
    manifests.applyText(Site.clinicWithDomains("one", "[{name: a.example.org}]"));
    manifests.applyText(Site.https("first", "one", "a.example.org"));
    manifests.applyText(Site.clinicWithDomains("two", "[]"));
    try (ClinicOperator operator = operator(WEEK)) {
      manifests.awaitAllReady();
      String id = id(only("reserved_domains"));

      manifests.applyText(
          Site.clinicWithDomains("one", "[]")
              + "---\n"
              + Site.clinicWithDomains("two", "[{name: a.example.org}]")
              + "---\n"
              + Site.https("second", "two", "a.example.org"));
      manifests.deleteService("first");
      manifests.awaitServiceGone("first");
      manifests.awaitAllReady();
      assertThat(id(only("reserved_domains"))).as("its DNS records stay right").isEqualTo(id);
      assertThat(mark(only("endpoints")).name()).isEqualTo("second");
    }
  }

  @Test
  void betweenNamespacesWithoutAnUndoWindow() {
    clinics("[{name: a.example.org}]", "[{name: b.example.org}]");
    try (ClinicOperator operator = operator(Duration.ZERO)) {
      awaitReady();

      clinics("[{name: b.example.org}]", "[{name: a.example.org}]");
      awaitReady();
      eventually(
          () -> {
            assertThat(mark(the("reserved_domains", "domain", "b.example.org")).name())
                .isEqualTo("one");
            assertThat(mark(the("reserved_domains", "domain", "a.example.org")).name())
                .isEqualTo("two");
          });
    }
  }

  /**
   * If a name of another namespace could be taken at once, it could be taken against the will of
   * its owner.
   */
  @Test
  void betweenNamespacesAnUndoWindowIsWaitedFor() {
    clinics("[{name: a.example.org}]", "[{name: b.example.org}]");
    try (ClinicOperator operator = operator(WEEK)) {
      awaitReady();

      clinics("[{name: b.example.org}]", "[{name: a.example.org}]");
      for (Manifests each : List.of(manifests, there)) {
        String clinic = each == there ? "two" : "one";
        eventually(
            () ->
                assertThat(each.clinicSays(clinic, ConditionType.Accepted))
                    .startsWith("False DomainNotOwned")
                    .matches(
                        ".* is kept for an object of another namespace until"
                            + " 20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ and is free after that.*"));
      }
      for (String domain : List.of("a.example.org", "b.example.org")) {
        account.call(
            "DELETE", "/reserved_domains/" + id(the("reserved_domains", "domain", domain)), null);
      }
      awaitReady();
    }
  }

  private void assertHolders(List<String> domains, int shift) {
    for (int i = 0; i < domains.size(); i++) {
      String domain = domains.get((i + shift) % domains.size());
      assertThat(mark(the("reserved_domains", "domain", domain)).name()).isEqualTo("c" + i);
      assertThat(mark(the("endpoints", "url", "https://" + domain)).name()).isEqualTo("s" + i);
    }
    assertThat(account.all("reserved_domains")).hasSize(domains.size());
    assertThat(account.all("endpoints")).hasSize(domains.size());
  }

  private void rotated(List<String> domains, int shift, boolean services) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < domains.size(); i++) {
      String domain = domains.get((i + shift) % domains.size());
      all.append(i == 0 ? "" : "---\n")
          .append(Site.clinicWithDomains("c" + i, "[{name: " + domain + "}]"));
      if (services) {
        all.append("---\n").append(Site.https("s" + i, "c" + i, domain));
      }
    }
    manifests.applyText(all.toString());
  }

  private void clinics(String here, String elsewhereDomains) {
    manifests.applyText(Site.clinicWithDomains("one", here));
    there.applyText(Site.clinicWithDomains("two", elsewhereDomains));
  }

  private void awaitReady() {
    manifests.awaitAllReady();
    there.awaitAllReady();
  }

  private ClinicOperator operator(Duration undoWindow) {
    return RunningOperator.on(client, namespace.name(), account.url())
        .and(elsewhere.name())
        .withIntervals(OFTEN, OFTEN)
        .withUndoWindow(undoWindow)
        .start();
  }
}
