package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.testkit.BetweenTeams;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A team with older objects begins to ask for names that another team has. It is refused, and the
 * other team notices nothing, also after a restart of the operator.
 */
class OlderObjectsIT extends BetweenTeams {
  private static final String SHARED = "[{name: '*.api.corp.com', shared: true}]";
  private static final String DASHBOARD = "dashboard.api.corp.com";
  private static final String AGENT = "agent.api.corp.com";

  @BeforeEach
  void start() {
    startOperator();
    theirs.manifests().applyText(Site.clinicWithDomains("b", "[]"));
    theirs.manifests().applyText(Site.service("s", "b", "http://10.0.0.9:80"));
    theirs.manifests().awaitAllReady();
    // The age of an object is in whole seconds.
    Instant created =
        Instant.parse(theirs.manifests().service("s").getMetadata().getCreationTimestamp());
    eventually(() -> assertThat(Instant.now()).isAfter(created.plusSeconds(1)));
  }

  @Test
  void anExclusiveWildcardTakesNoNameBelow() {
    ours.manifests()
        .applyText(
            Site.clinicWithDomains(
                "a", "[{name: www.corp.com}, {name: '*.api.corp.com', shared: true}]"));
    ours.manifests().applyText(Site.https("web", "a", "www.corp.com"));
    ours.manifests().applyText(Site.https("api", "a", "a.api.corp.com"));
    awaitOursSettled();

    theirs.manifests().applyText(Site.clinicWithDomains("b", "[{name: '*.corp.com'}]"));

    theirs.manifests().awaitClinic("b", ConditionType.Accepted, "DomainConflict");
    assertThat(account.state()).doesNotContain("bind:*.corp.com");
    assertNothingChangesForUs();
  }

  @Test
  void theHostOfAServiceThatWaitsForASessionIsNotFree() {
    ours.manifests().applyText(Site.clinicWithDomains("a", SHARED));
    ours.manifests().applyText(Site.https("dashboard", "a", DASHBOARD, "availability: OnDemand"));
    ours.manifests().awaitService("dashboard", ConditionType.Programmed, "NoOpenSession");
    awaitOursSettled();

    theirs.manifests().applyText(Site.clinicWithDomains("b", SHARED));
    theirs.manifests().applyText(Site.https("s", "b", DASHBOARD));
    theirs.manifests().awaitService("s", ConditionType.Accepted, "HostConflict");
    theirs.manifests().applyText(Site.clinicWithDomains("b", "[{name: " + DASHBOARD + "}]"));
    theirs.manifests().awaitClinic("b", ConditionType.Accepted, "DomainConflict");

    assertThat(account.state()).doesNotContain("bind:" + DASHBOARD);
    assertNothingChangesForUs();
  }

  @Test
  void theHostOfAnAgentAPIIsNotFree() {
    ours.manifests()
        .applyText(Site.clinicWithDomains("a", SHARED, "agent: {api: {host: " + AGENT + "}}"));
    awaitOursSettled();

    theirs.manifests().applyText(Site.clinicWithDomains("b", SHARED));
    theirs.manifests().applyText(Site.https("s", "b", AGENT));
    theirs.manifests().awaitService("s", ConditionType.Accepted, "HostConflict");
    theirs.manifests().applyText(Site.clinicWithDomains("b", "[{name: " + AGENT + "}]"));
    theirs.manifests().awaitClinic("b", ConditionType.Accepted, "DomainConflict");

    assertNothingChangesForUs();
  }

  /** The operator's caches show a status a moment after the API server does. */
  private void awaitOursSettled() {
    ours.manifests().awaitAllReady();
    assertThat(Settled.versions(manifests)).isNotEmpty();
  }

  /** Each object is judged anew after a restart. */
  private void assertNothingChangesForUs() {
    assertThat(theirs.readable()).doesNotContain(namespace.name() + "/");
    look(operator);
    ours.manifests().awaitAllReady();
    operator.close();
    startOperator();
    look(operator);
    ours.manifests().awaitAllReady();
  }
}
