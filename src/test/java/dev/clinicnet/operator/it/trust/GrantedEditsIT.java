package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An editor changes running objects so that they ask for names without a grant. They get none of
 * them, and do not keep them from others.
 */
@SuppressWarnings("try") // An operator only has to run.
@OwnKubernetes
class GrantedEditsIT extends InOneNamespace {
  private static final int ROUNDS = 15;
  private static final String SHARED = "{name: '*.api.example.com', shared: true}";
  private static final String LOGIN = "login.api.example.com";

  @RegisterExtension final FreshNamespace hostile = FreshNamespace.withoutControllers();
  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  private KubernetesClient editor;
  private KubernetesClient client;
  private Manifests attacker;

  @BeforeEach
  void grant() {
    grants.apply(
        """
        - name: ours
          namespaces: {names: [%s]}
          sharedDomains: ['*.api.example.com']
          sharedHosts: [%s]
          domains: [one.example.org]
          internalDomains: ['*.ours.internal']
        - name: hostile
          namespaces: {names: [%s]}
          sharedDomains: ['*.api.example.com']
          sharedHosts: ['b-*.api.example.com']
          internalDomains: ['*.hostile.internal']
        """
            .formatted(namespace.name(), LOGIN, hostile.name()));
    editor = Team.editor(hostile);
    client = namespace.operatorClient();
    attacker = new Manifests(editor, hostile.name());
    attacker.applyText(theirs("[" + SHARED + "]"));
    attacker.applyText(Site.https("s", "b", "b-1.api.example.com"));
  }

  @AfterEach
  void close() {
    editor.close();
    client.close();
  }

  @Test
  void aHostThatTheClinicListsForItselfIsNotOpenedBeforeTheClinicIsJudged() {
    attacker.applyText(Site.https("login", "b", LOGIN));
    try (ClinicOperator operator = start()) {
      attacker.awaitService("login", ConditionType.Accepted, Reason.NotGranted.name());
      for (int round = 0; round < ROUNDS; round++) {
        attacker.applyText(theirs("[" + SHARED + ", {name: " + LOGIN + "}]"));
        attacker.awaitClinic("b", ConditionType.Accepted, Reason.NotGranted.name());
        attacker.applyText(theirs("[" + SHARED + "]"));
        attacker.awaitClinic("b", ConditionType.Accepted, Reason.Accepted.name());
      }
      attacker.awaitService("login", ConditionType.Accepted, Reason.NotGranted.name());
      assertThat(account.names("endpoints", "url")).containsExactly("https://b-1.api.example.com");
    }
  }

  @Test
  void domainsThatAClinicWasRefusedAreKeptFromNobody() {
    try (ClinicOperator operator = start()) {
      attacker.awaitAllReady();
      attacker.applyText(
          theirs(
              "[{name: '*.api.example.com'}, {name: one.example.org}, {name: '*.example.org'}]"));
      attacker.awaitClinic("b", ConditionType.Accepted, Reason.NotGranted.name());
      Settled.awaitNextSecond();

      manifests.applyText(ours("[" + SHARED + ", {name: one.example.org}]"));
      manifests.awaitAllReady();
    }
  }

  @Test
  void hostsThatAServiceOrAnAgentWasRefusedAreKeptFromNobody() {
    try (ClinicOperator operator = start()) {
      attacker.awaitAllReady();
      attacker.applyText(Site.https("s", "b", LOGIN));
      attacker.awaitService("s", ConditionType.Accepted, Reason.NotGranted.name());
      attacker.applyText(Site.https("missing", "nowhere", LOGIN));
      attacker.awaitService("missing", ConditionType.ResolvedRefs, Reason.ClinicNotFound.name());
      attacker.applyText(
          Site.clinicWithDomains(
              "b",
              "[" + SHARED + ", {name: " + LOGIN + "}]",
              "internalDomain: b.hostile.internal",
              "agent: {api: {host: " + LOGIN + "}}"));
      attacker.awaitClinic("b", ConditionType.Accepted, Reason.NotGranted.name());
      Settled.awaitNextSecond();

      manifests.applyText(ours("[" + SHARED + "]"));
      manifests.applyText(Site.https("login", "one", LOGIN));
      manifests.awaitAllReady();
      assertThat(account.names("endpoints", "url"))
          .containsExactlyInAnyOrder("https://b-1.api.example.com", "https://" + LOGIN);
    }
  }

  private static String theirs(String domains) {
    return Site.clinicWithDomains("b", domains, "internalDomain: b.hostile.internal");
  }

  private static String ours(String domains) {
    return Site.clinicWithDomains("one", domains, "internalDomain: one.ours.internal");
  }

  private ClinicOperator start() {
    return RunningOperator.on(client, namespace.name(), account.url())
        .and(hostile.name())
        .withUndoWindow(Duration.ZERO)
        .withIntervals(OFTEN, OFTEN)
        .start();
  }
}
