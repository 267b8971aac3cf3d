package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An editor changes an accepted Clinic so that it asks for a name of another object, and changes it
 * back. So its service is reconciled before the Clinic. There are no grants.
 */
@SuppressWarnings("try") // An operator only has to run.
class RunningEditsIT extends InOneNamespace {
  private static final int ROUNDS = 15;
  private static final String SHARED = "{name: '*.api.example.com', shared: true}";

  @RegisterExtension final FreshNamespace hostile = FreshNamespace.withoutControllers();

  @Test
  void aDomainMadeByHandOpensNothingBeforeTheClinicIsJudged() {
    account.call("POST", "/reserved_domains", "{\"domain\": \"hand.example.net\"}");
    try (KubernetesClient editor = Team.editor(hostile);
        KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = start(client, Duration.ZERO)) {
      assertOpensNothing(
          new Manifests(editor, hostile.name()),
          "hand.example.net",
          "{name: hand.example.net, shared: true}",
          Reason.DomainNotOwned);
    }
  }

  @Test
  void aDomainThatIsKeptForAnotherOpensNothingBeforeTheClinicIsJudged() {
    manifests.applyText(Site.clinicWithDomains("one", "[{name: one.example.org}]"));
    try (KubernetesClient editor = Team.editor(hostile);
        KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = start(client, Duration.ofHours(1))) {
      manifests.awaitAllReady();
      manifests.deleteClinic("one");
      manifests.awaitGone();
      assertOpensNothing(
          new Manifests(editor, hostile.name()),
          "one.example.org",
          "{name: one.example.org, shared: true}",
          Reason.DomainNotOwned);
    }
  }

  private void assertOpensNothing(Manifests attacker, String host, String domain, Reason refusal) {
    attacker.applyText(Site.clinicWithDomains("b", "[" + SHARED + "]"));
    attacker.applyText(Site.https("s", "b", host));
    attacker.awaitService("s", ConditionType.Accepted, Reason.HostNotCovered.name());
    for (int round = 0; round < ROUNDS; round++) {
      attacker.applyText(Site.clinicWithDomains("b", "[" + SHARED + ", " + domain + "]"));
      attacker.awaitClinic("b", ConditionType.Accepted, refusal.name());
      attacker.applyText(Site.clinicWithDomains("b", "[" + SHARED + "]"));
      attacker.awaitClinic("b", ConditionType.Accepted, Reason.Accepted.name());
    }
    attacker.awaitService("s", ConditionType.Accepted, Reason.HostNotCovered.name());
    assertThat(account.names("endpoints", "url")).doesNotContain("https://" + host);
  }

  private ClinicOperator start(KubernetesClient client, Duration undoWindow) {
    return RunningOperator.on(client, namespace.name(), account.url())
        .and(hostile.name())
        .withUndoWindow(undoWindow)
        .withIntervals(OFTEN, OFTEN)
        .start();
  }
}
