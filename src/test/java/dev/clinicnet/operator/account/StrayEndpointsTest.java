package dev.clinicnet.operator.account;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;
import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import dev.clinicnet.operator.policy.DenyAll;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Endpoints that lead into the network of a Clinic that got their former internal domain. */
class StrayEndpointsTest {
  private static final Owner SERVICE = new Owner("ClinicService", "clinics", "w");
  private static final Mark MARK = Mark.of("i", SERVICE, "uid", "clinic1");
  private static final String URL = "https://w.api.example.com";

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();
  private final MemoryCluster manifests = new MemoryCluster();

  @Test
  void oneThatNobodyIsThereForIsTakenDown() {
    endpoint(MARK, "https://w.first.internal");

    assertThat(close()).isEmpty();
    assertThat(inventory.all(Resource.ENDPOINTS)).isEmpty();
  }

  @Test
  void oneThatWasThereBeforeUsStaysAndLetsNobodyIn() {
    endpoint(MARK.adopting(), "https://w.first.internal");

    assertThat(close()).isEmpty();
    assertThat(inventory.all(Resource.ENDPOINTS))
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.trafficPolicy()).isEqualTo(DenyAll.at(URL).toJson());
              assertThat(endpoint.metadata()).isEqualTo(MARK.adopting().retained().text());
            });
    ngrok.log().clear();
    assertThat(close()).isEmpty();
    assertThat(ngrok.log()).as("done once").isEmpty();
  }

  @Test
  void oneWhoseObjectIsThereIsLeftToIt() {
    manifests.add(service("w").clinic("clinic1").build());
    endpoint(MARK, "https://w.first.internal");

    assertThat(close()).containsExactly(SERVICE);
    assertThat(inventory.all(Resource.ENDPOINTS)).hasSize(1);
  }

  @Test
  void oneThatLeadsWhereNobodyElseIsStays() {
    endpoint(MARK, "https://w.clinic1.internal");

    assertThat(close()).isEmpty();
    assertThat(inventory.all(Resource.ENDPOINTS)).hasSize(1);
  }

  private Set<Owner> close() {
    manifests.add(
        clinic("b").namespace("b").internalDomain("first.internal").status(accepted()).build());
    ngrok.sweepInto(inventory);
    ngrok.log().clear();
    return new StrayEndpoints(
            new Settings("i", Duration.ofDays(7)),
            inventory,
            new PlanRunner(ngrok, inventory, new Attempts(), Clock.systemUTC()))
        .close(new Holders(manifests));
  }

  private void endpoint(Mark mark, String forward) {
    String policy =
        "{\"on_http_request\":[{\"actions\":[{\"type\":\"forward-internal\",\"config\":{\"url\":\""
            + forward
            + "\"}}]}]}";
    ngrok.put(
        Resource.ENDPOINTS,
        new Endpoint(
            "ep_1",
            null,
            "cloud",
            URL,
            null,
            false,
            null,
            mark.text(),
            policy,
            null,
            null,
            null,
            null,
            null));
  }

  private static ClinicStatus accepted() {
    Condition said =
        new Condition(
            "Accepted", ConditionStatus.True, 1L, "2026-01-01T00:00:00Z", "Accepted", "a message");
    return clinicStatus().conditions(List.of(said)).build();
  }
}
