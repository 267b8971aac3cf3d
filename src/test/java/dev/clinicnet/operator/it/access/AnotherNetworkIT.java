package dev.clinicnet.operator.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.testkit.BetweenTeams;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import dev.clinicnet.testkit.Visitor;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A public host never answers from the network of the Clinic that got the internal domain which its
 * own Clinic had. Each team is an editor of its own namespace only.
 */
class AnotherNetworkIT extends BetweenTeams {
  private static final String HOST = "https://w.api.example.com";

  /** The answer for a visitor if no agent has bound the internal endpoint. */
  private static final String NO_AGENT = "404";

  @BeforeEach
  void start() {
    startOperator();
    ours.manifests().applyText(ci("first.internal"));
    ours.manifests().applyText(Site.https("w", "ci", "w.api.example.com"));
    ours.manifests().awaitAllReady();
    ours.connectAgent("ci");
    eventually(() -> assertThat(Team.visit(account, HOST)).isEqualTo("A"));
    // The policy that would be kept if it counted.
    eventually(
        () -> assertThat(ours.manifests().service("w").getStatus().internalBoundAt()).isNotNull());
  }

  @Test
  void theHostOfAClinicThatWasMadeAnewLeadsIntoItsOwnNetworkOnly() {
    try (Visitor visitor = new Visitor(account, HOST)) {
      theirs.manifests().applyText(cj());
      theirs.manifests().awaitClinic("cj", ConditionType.Accepted, "InternalDomainConflict");
      assertNothingIsTold();

      ours.manifests().deleteClinic("ci");
      ours.manifests().awaitClinicGone("ci");
      theirs.manifests().awaitAllReady();
      theirs.connectAgent("cj");
      eventually(
          () ->
              assertThat(theirs.manifests().serviceSays("w", ConditionType.AgentOnline))
                  .startsWith("True"));
      Manifests elsewhereToo = new Manifests(elsewhere.admin(), elsewhere.name());
      Map<String, String> versions = Settled.versions(elsewhereToo);

      ours.manifests().applyText(ci("first.internal"));
      ours.manifests().awaitClinic("ci", ConditionType.Accepted, "InternalDomainConflict");
      assertThat(Team.visit(account, HOST)).isNotEqualTo("B");
      ours.manifests().deleteClinic("ci");
      ours.manifests().awaitClinicGone("ci");
      ours.manifests().applyText(ci("second.internal"));
      ours.manifests().awaitAllReady();
      look(operator);
      assertThat(Team.visit(account, HOST)).as("its agent is not there yet").isEqualTo(NO_AGENT);
      ours.connectAgent("ci");
      eventually(() -> assertThat(Team.visit(account, HOST)).isEqualTo("A"));

      assertThat(ours.manifests().service("w").getStatus().internalURL())
          .isEqualTo("https://w.second.internal");
      assertThat(visitor.answers()).hasSizeGreaterThan(20).contains("A").doesNotContain("B");
      assertThat(elsewhereToo.resourceVersions()).isEqualTo(versions);
      assertNothingIsTold();
    }
  }

  /**
   * A change by hand at ngrok, while the manifest holds changes back: the next sweep closes the
   * endpoint.
   */
  @Test
  void aForwardThatSomebodyWroteByHandIsClosedThoughNothingElseMayBeChanged() {
    ours.manifests().deleteClinic("ci");
    ours.manifests().awaitClinicGone("ci");
    theirs.manifests().applyText(cj());
    theirs.manifests().awaitAllReady();
    theirs.connectAgent("cj");
    ours.manifests().applyText(ci("second.internal"));
    ours.manifests().awaitAllReady();
    ours.manifests().applyText(ci("second.internal", "suspend: true", "driftPolicy: Report"));
    eventually(
        () ->
            assertThat(ours.manifests().clinic("ci").getStatus().observedGeneration())
                .isEqualTo(ours.manifests().clinic("ci").getMetadata().getGeneration()));

    String id = id(the("endpoints", "url", HOST));
    account.call("PATCH", "/endpoints/" + id, forwarding("https://w.first.internal"));
    eventually(() -> assertThat(Team.visit(account, HOST)).isEqualTo(NO_AGENT));
    assertThat(the("endpoints", "id", id).path("traffic_policy").asText())
        .contains("https://w.second.internal")
        .doesNotContain("first.internal");
    try (Visitor visitor = new Visitor(account, HOST)) {
      awaitSweeps(3);
      eventually(() -> assertThat(visitor.answers()).hasSizeGreaterThan(20));
      assertThat(visitor.answers()).doesNotContain("A", "B");
    }
  }

  /** Everything that a team can read in its namespace contains nothing of another team. */
  private void assertNothingIsTold() {
    assertThat(theirs.readable())
        .doesNotContain(namespace.name() + "/", "Clinic ci", "/ci", "w.api.example.com");
    for (String kind : new String[] {"endpoints", "credentials", "reserved_domains"}) {
      account.all(kind).stream()
          .filter(row -> row.path("metadata").asText().contains(namespace.name() + "\""))
          .filter(row -> mark(row).owner().isPresent())
          .filter(row -> mark(row).namespace().equals(namespace.name()))
          .forEach(row -> assertThat(theirs.readable()).doesNotContain(id(row)));
    }
  }

  private static String ci(String internalDomain, String... spec) {
    return Site.sharing("ci", "internalDomain: " + internalDomain, String.join("\n  ", spec));
  }

  private static String cj() {
    return Site.clinicWithDomains("cj", "[]", "internalDomain: first.internal")
        + "---\n"
        + Site.service("w", "cj", "http://" + Team.WEB);
  }

  private static String forwarding(String url) {
    return "{\"traffic_policy\": \"{\\\"on_http_request\\\":[{\\\"actions\\\":[{\\\"type\\\":"
        + "\\\"forward-internal\\\",\\\"config\\\":{\\\"url\\\":\\\""
        + url
        + "\\\"}}]}]}\"}";
  }
}
