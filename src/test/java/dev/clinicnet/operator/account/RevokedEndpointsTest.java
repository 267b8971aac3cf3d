package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.OnRevoked;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import dev.clinicnet.operator.policy.DenyAll;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints that were left when their objects went, and whose grant has gone since. */
class RevokedEndpointsTest {
  private static final Owner SERVICE = new Owner("ClinicService", "clinics", "w");
  private static final Mark RETAINED = Mark.of("i", SERVICE, "uid", "clinic1").retained();
  private static final String URL = "https://b-1.api.example.com";

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();
  private Set<String> watched = Set.of();
  private boolean gone = true;

  @ParameterizedTest
  @CsvSource({
    "Close,  https://b-1.api.example.com, c-*.api.example.com, none,          0",
    "Close,  https://b-1.api.example.com, b-*.api.example.com, none,          1",
    "Close,  https://b-1.api.example.com, none,                *.api.example.com, 1",
    "Close,  tls://b-1.api.example.com:443, none,              b-1.api.example.com, 1",
    "Close,  tls://b-1.api.example.com:443, none,              none,          0",
    "Close,  tcp://1.tcp.ngrok.io:20000,  none,                none,          0",
    "Retain, https://b-1.api.example.com, none,                none,          1",
  })
  void itIsClosedWhereTheGrantDoesNotAdmitItAnyMore(
      OnRevoked onRevoked, String url, String sharedHosts, String domains, int left) {
    // Given
    endpoint(RETAINED, url);
    // When
    boolean freed = close(grant(onRevoked, sharedHosts, domains));
    // Then
    assertThat(inventory.all(Resource.ENDPOINTS)).hasSize(left);
    assertThat(freed).isEqualTo(left == 0);
  }

  @Test
  void whatWasThereBeforeUsStaysAndLetsNobodyIn() {
    // Given
    Mark adopted = Mark.of("i", SERVICE, "uid", "clinic1").adopting();
    endpoint(adopted, URL);
    // When
    close(grant(OnRevoked.Close, "none", "none"));
    // Then
    assertThat(inventory.all(Resource.ENDPOINTS))
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.trafficPolicy()).isEqualTo(DenyAll.at(URL).toJson());
              assertThat(endpoint.metadata()).isEqualTo(adopted.retained().text());
            });
    assertThat(close(grant(OnRevoked.Close, "none", "none"))).as("done once").isFalse();
  }

  @Test
  void itIsLeftToItsObjectToAnotherInstanceAndWhereNobodyWatches() {
    Grant nothing = grant(OnRevoked.Close, "none", "none");
    endpoint(Mark.of("other", SERVICE, "uid", "clinic1").retained(), URL);
    assertThat(close(nothing)).isFalse();
    endpoint(RETAINED, URL);
    watched = Set.of("elsewhere");
    assertThat(close(nothing)).isFalse();
    watched = Set.of("clinics");
    gone = false;
    assertThat(close(nothing)).isFalse();
    gone = true;
    assertThat(close(Grant.TRUSTED)).isFalse();
    assertThat(close(nothing)).isTrue();
  }

  private boolean close(Grant grant) {
    ngrok.sweepInto(inventory);
    return new RevokedEndpoints(
            new Settings("i", Duration.ofDays(7)),
            watched,
            namespace -> grant,
            inventory,
            new PlanRunner(ngrok, inventory, new Attempts(), Clock.systemUTC()))
        .close(owner -> gone);
  }

  private static Grant grant(OnRevoked onRevoked, String sharedHosts, String domains) {
    NamespaceGrant grant =
        new NamespaceGrant(
            "g",
            null,
            List.of(domains),
            List.of(),
            List.of(sharedHosts),
            List.of(),
            null,
            List.of(),
            false,
            null,
            null,
            null);
    return new Grant(Optional.of("default"), "clinics", onRevoked, List.of(grant));
  }

  private void endpoint(Mark mark, String url) {
    ngrok.put(
        Resource.ENDPOINTS,
        new Endpoint(
            "ep_1",
            null,
            "cloud",
            url,
            null,
            false,
            null,
            mark.text(),
            "{}",
            null,
            null,
            null,
            null,
            null));
  }
}
