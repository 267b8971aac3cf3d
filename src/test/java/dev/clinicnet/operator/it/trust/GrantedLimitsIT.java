package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An editor who deletes and creates in turn never has more at ngrok than was granted. */
@SuppressWarnings("try") // An operator only has to run.
@OwnKubernetes
class GrantedLimitsIT extends InOneNamespace {
  private static final String ABANDON = "clinicnet.dev/abandon";
  private static final String SHARED = "[{name: '*.api.example.com', shared: true}]";

  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  private KubernetesClient client;
  private KubernetesClient access;
  private Manifests editor;

  @BeforeEach
  void open() {
    client = namespace.operatorClient();
    access = Team.editor(namespace);
    editor = new Manifests(access, namespace.name());
    grant(namespace.name());
  }

  @AfterEach
  void close() {
    access.close();
    client.close();
  }

  @Test
  void whatWasRetainedCountsAndIsClosedWithTheGrant() {
    try (ClinicOperator operator = start(Duration.ZERO)) {
      retain(1);
      apply(2);

      editor.awaitClinic("c2", ConditionType.Accepted, Reason.NotGranted.name());
      editor.awaitService("w2", ConditionType.ResolvedRefs, Reason.ClinicNotAccepted.name());
      assertThat(editor.clinicSays("c2", ConditionType.Accepted)).contains("c1", "maxClinics");
      assertThat(account.names("endpoints", "url")).containsExactly("https://b-1.api.example.com");
      assertThat(account.all("credentials")).hasSize(1);

      grant("somebody-else");
      eventually(() -> assertThat(account.all("endpoints")).isEmpty());
      assertThat(account.all("credentials")).as("tokens stay, as of what is there").hasSize(1);
    }
  }

  @Test
  void whatWasAbandonedCountsUntilItIsCreatedAgain() {
    try (ClinicOperator operator = start(Duration.ZERO)) {
      apply(1);
      editor.awaitAllReady();
      editor.annotateService("w1", ABANDON, "true");
      editor.deleteService("w1");
      editor.awaitServiceGone("w1");

      editor.applyText(Site.https("w2", "c1", "b-2.api.example.com"));
      editor.awaitService("w2", ConditionType.Accepted, Reason.NotGranted.name());
      editor.deleteService("w2");
      editor.awaitServiceGone("w2");

      editor.applyText(Site.https("w1", "c1", "b-1.api.example.com"));
      editor.awaitAllReady();
      assertThat(account.all("endpoints")).hasSize(1);
    }
  }

  @Test
  void addressesThatAreKeptCount() {
    try (ClinicOperator operator = start(Duration.ofHours(1))) {
      editor.applyText(Site.clinicWithDomains("c1", "[]", "internalDomain: c1.team.internal"));
      editor.applyText(database("db0"));
      editor.awaitAllReady();
      editor.deleteService("db0");
      editor.awaitServiceGone("db0");

      editor.applyText(database("db1"));
      editor.awaitService("db1", ConditionType.Accepted, Reason.NotGranted.name());
      assertThat(editor.serviceSays("db1", ConditionType.Accepted))
          .contains("db0 (kept until ", "maxServices");
      assertThat(account.all("reserved_addrs")).hasSize(1);

      account.call("DELETE", "/reserved_addrs/" + id(account.all("reserved_addrs").get(0)), null);
      editor.awaitService("db1", ConditionType.Accepted, Reason.Accepted.name());
      eventually(() -> assertThat(account.all("reserved_addrs")).hasSize(1));
    }
  }

  private void retain(int number) {
    apply(number, "deletionPolicy: Retain");
    editor.awaitAllReady();
    editor.deleteService("w" + number);
    editor.awaitServiceGone("w" + number);
    editor.deleteClinic("c" + number);
    editor.awaitClinicGone("c" + number);
  }

  private void apply(int number, String... more) {
    String internal = "internalDomain: c" + number + ".team.internal";
    editor.applyText(
        Site.clinicWithDomains("c" + number, SHARED, internal, String.join("\n  ", more)));
    editor.applyText(Site.https("w" + number, "c" + number, "b-" + number + ".api.example.com"));
  }

  private static String database(String name) {
    return Site.service(name, "c1", "tcp://10.0.0.2:5432", "expose: {tcp: {region: us}}");
  }

  private void grant(String team) {
    grants.apply(
        "Close",
        """
        - name: team
          namespaces: {names: [%s]}
          maxClinics: 1
          maxServices: 1
          sharedDomains: ['*.api.example.com']
          sharedHosts: ['b-*.api.example.com']
          internalDomains: ['*.team.internal']
          addresses: {reserve: true}
        """
            .formatted(team));
  }

  private ClinicOperator start(Duration undoWindow) {
    return RunningOperator.on(client, namespace.name(), account.url())
        .withUndoWindow(undoWindow)
        .withIntervals(OFTEN, OFTEN)
        .start();
  }
}
