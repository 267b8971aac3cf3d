package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LoopbackDatabase;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A broken manifest that closes something, with clients that were admitted before. */
@SuppressWarnings("try") // An operator only has to run.
class RefusedManifestIT extends InOneNamespace {
  private static final String OFFICE = "203.0.113.7";
  private static final String HOME = "198.51.100.7";
  private static final String BOTH = "allowCIDRs: [203.0.113.0/24, 198.51.100.0/24]";
  private static final String OFFICE_ONLY = "allowCIDRs: [203.0.113.0/24]";
  private static final String EVERYBODY = "allowCIDRs: [0.0.0.0/0]";

  /** Only the operator refuses this, because it could reach another clinic. */
  private static final String BROKEN =
      "trafficPolicy: {on_tcp_connect: [{actions: [{type: forward-internal,"
          + " config: {url: 'tcp://x.internal:1'}}]}]}";

  private static final String ELSEWHERE = "internalURL: 'tcp://db.elsewhere.internal:5432'";

  @Test
  void whoIsNoLongerAllowedIsRefusedWhileTheRestIsBroken() throws IOException {
    manifests.applyText(Site.clinicWithDomains("one", "[]"));
    manifests.applyText(db(BOTH));
    try (LoopbackDatabase database = new LoopbackDatabase(account);
        ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      database.behind(account.connectAgent(manifests.file("one-site-kit", "ngrok.yml")));
      String url = "tcp://" + manifests.service("db").getStatus().address().addr();
      long good = manifests.service("db").getMetadata().getGeneration();
      String before = policy();
      assertThat(database.connect(url, OFFICE)).isEqualTo(LoopbackDatabase.HELLO);
      assertThat(database.connect(url, HOME)).isEqualTo(LoopbackDatabase.HELLO);

      // Narrower and broken: the closing part is applied and reported.
      manifests.applyText(db(OFFICE_ONLY, BROKEN));
      manifests.awaitService("db", ConditionType.Accepted, "Invalid");
      eventually(
          () ->
              assertThat(manifests.serviceSays("db", ConditionType.Ready))
                  .contains(
                      "spec.trafficPolicy",
                      "The policy of generation " + good + " stays in force; in front of it:",
                      "refused: restrict addresses"));
      assertThat(database.connect(url, HOME)).isEqualTo(LoopbackDatabase.CLOSED);
      assertThat(database.connect(url, OFFICE)).isEqualTo(LoopbackDatabase.HELLO);

      // Wider and broken: the opening part is not applied, and nothing is sent again.
      account.forgetRequests();
      manifests.applyText(db(EVERYBODY, BROKEN));
      awaitObserved();
      awaitSweeps(2);
      assertThat(account.writes()).isEmpty();
      assertThat(database.connect(url, HOME)).isEqualTo(LoopbackDatabase.CLOSED);

      // The first one again: the result is the same, and no drift is reported.
      manifests.applyText(db(BOTH));
      manifests.awaitAllReady();
      assertThat(policy()).isEqualTo(before);
      assertThat(database.connect(url, HOME)).isEqualTo(LoopbackDatabase.HELLO);
      assertThat(manifests.events()).noneMatch(event -> event.getReason().startsWith("Drift"));

      // No longer exposed, and broken: the endpoint is deleted, and the address stays.
      manifests.applyText(LoopbackDatabase.service("db", "one", ELSEWHERE));
      eventually(() -> assertThat(account.names("endpoints", "url")).doesNotContain(url));
      assertThat(account.all("reserved_addrs")).hasSize(1);
    }
  }

  private void awaitObserved() {
    eventually(
        () ->
            assertThat(manifests.service("db").getStatus().observedGeneration())
                .isEqualTo(manifests.service("db").getMetadata().getGeneration()));
  }

  private String policy() {
    return account.all("endpoints").stream()
        .filter(row -> row.path("type").asText().equals("cloud"))
        .map(row -> row.path("traffic_policy").asText())
        .findFirst()
        .orElseThrow();
  }

  private static String db(String access, String... more) {
    return LoopbackDatabase.service(
        "db",
        "one",
        "expose: {tcp: {region: us}}",
        "access: {" + access + "}",
        String.join("\n  ", more));
  }
}
