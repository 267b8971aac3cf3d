package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LoopbackDatabase;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service whose grant was revoked stays at ngrok. Changes that take access away still work. */
@SuppressWarnings("try") // An operator only has to run.
@OwnKubernetes
class RevokedServiceIT extends InOneNamespace {
  private static final String OFFICE = "203.0.113.7";
  private static final String HOME = "198.51.100.7";

  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  @Test
  void itNarrowsClosesAndGoes() throws IOException {
    manifests.applyText(Site.clinicWithDomains("one", "[]"));
    manifests.applyText(db("db", "[203.0.113.0/24, 198.51.100.0/24]"));
    manifests.applyText(db("second", "[203.0.113.0/24]"));
    try (LoopbackDatabase database = new LoopbackDatabase(account);
        ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      database.behind(account.connectAgent(manifests.file("one-site-kit", "ngrok.yml")));
      String url = "tcp://" + manifests.service("db").getStatus().address().addr();
      assertThat(database.connect(url, HOME)).isEqualTo(LoopbackDatabase.HELLO);

      grantInternalDomainsOnly();
      manifests.awaitService("db", ConditionType.Accepted, "NotGranted");
      manifests.awaitService("second", ConditionType.Accepted, "NotGranted");
      assertThat(database.connect(url, HOME)).isEqualTo(LoopbackDatabase.HELLO);
      assertThat(manifests.serviceSays("db", ConditionType.Accepted))
          .endsWith("The policy that it had stays in force.");

      manifests.applyText(db("db", "[203.0.113.0/24]"));
      eventually(() -> assertThat(database.connect(url, HOME)).isEqualTo(LoopbackDatabase.CLOSED));
      assertThat(database.connect(url, OFFICE)).isEqualTo(LoopbackDatabase.HELLO);

      manifests.annotateClinic("one", Annotations.QUARANTINE, "true");
      manifests.awaitService("db", ConditionType.Programmed, "Quarantined");
      eventually(
          () -> assertThat(database.connect(url, OFFICE)).isEqualTo(LoopbackDatabase.CLOSED));

      manifests.deleteService("second");
      manifests.awaitServiceGone("second");
      manifests.deleteService("db");
      manifests.awaitServiceGone("db");
      assertThat(account.all("endpoints")).noneMatch(row -> row.path("url").asText().equals(url));
    }
  }

  private void grantInternalDomainsOnly() {
    grants.apply(
        """
        - name: internal
          namespaces: {names: [%s]}
          internalDomains: ['**']
        """
            .formatted(namespace.name()));
  }

  private static String db(String name, String networks) {
    return LoopbackDatabase.service(
        name, "one", "expose: {tcp: {region: us}}", "access: {allowCIDRs: " + networks + "}");
  }
}
