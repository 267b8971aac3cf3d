package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.BetweenTeams;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import dev.clinicnet.testkit.Visitor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A team cannot take objects without its mark: a domain and an address that were made by hand, a
 * host below a shared wildcard, and room for Clinics. The test tries this step by step and with
 * traffic. Each team is an editor of its own namespace only.
 */
@OwnKubernetes
class UnmarkedNamesIT extends BetweenTeams {
  private static final String FOREIGN = "https://foreign.corp.com";
  private static final String LOGIN = "https://login.api.example.com";
  private static final String SHARED = "{name: '*.api.example.com', shared: true}";
  private static final String FOREIGN_PAGE =
      "{\\\"on_http_request\\\":[{\\\"actions\\\":[{\\\"type\\\":\\\"custom-response\\\","
          + "\\\"config\\\":{\\\"status_code\\\":200,\\\"body\\\":\\\"F\\\"}}]}]}";
  private static final int MANY = 30;
  private static final int MOST = 2;

  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  private String domainID;
  private String addressID;
  private String address;

  @BeforeEach
  void start() {
    domainID = id(account.call("POST", "/reserved_domains", "{\"domain\": \"foreign.corp.com\"}"));
    JsonNode reserved = account.call("POST", "/reserved_addrs", "{\"region\": \"us\"}");
    addressID = id(reserved);
    address = reserved.path("addr").asText();
    account.call(
        "POST",
        "/endpoints",
        "{\"type\": \"cloud\", \"url\": \"%s\", \"bindings\": [\"public\"], \"traffic_policy\": \"%s\"}"
            .formatted(FOREIGN, FOREIGN_PAGE));
    startOperator();
  }

  @Test
  void whatSomebodyMadeByHandIsNotTakenByListingItAsShared() {
    assertThat(Team.visit(account, FOREIGN)).isEqualTo("F");
    try (Visitor visitor = new Visitor(account, FOREIGN)) {
      for (String shared : List.of("true", "false")) {
        theirs
            .manifests()
            .applyText(
                Site.clinicWithDomains("b", "[{name: foreign.corp.com, shared: " + shared + "}]"));
        theirs.manifests().applyText(Site.https("s", "b", "foreign.corp.com"));
        theirs.manifests().awaitClinic("b", ConditionType.Accepted, "DomainNotOwned");
        assertNothingIsTold(domainID);
        theirs.manifests().annotateClinic("b", "clinicnet.dev/adopt", domainID);
        look(operator);
        theirs.manifests().awaitClinic("b", ConditionType.Accepted, "DomainNotOwned");
        theirs.manifests().deleteAll();
        theirs.manifests().awaitGone();
      }
      assertThat(visitor.answers()).isNotEmpty().containsOnly("F");
      assertThat(the("reserved_domains", "id", domainID).path("metadata").asText()).isEmpty();
    }
  }

  @Test
  void anAddressThatSomebodyReservedByHandIsNotTakenByNamingIt() {
    theirs.manifests().applyText(Site.clinicWithDomains("b", "[]"));
    theirs.manifests().awaitAllReady();
    theirs.connectAgent("b");
    theirs
        .manifests()
        .applyText(
            Site.service(
                "s",
                "b",
                "tcp://" + Team.DATABASE,
                "expose: {tcp: {address: \"" + address + "\"}}"));
    theirs.manifests().awaitService("s", ConditionType.Accepted, "AddressNotOwned");
    assertNothingIsTold(addressID);
    theirs.manifests().annotateService("s", "clinicnet.dev/adopt", addressID);
    look(operator);

    theirs.manifests().awaitService("s", ConditionType.Accepted, "AddressNotOwned");
    assertThat(Team.visit(account, "tcp://" + address)).isEqualTo("nothing is there");
    assertThat(the("reserved_addrs", "id", addressID).path("metadata").asText()).isEmpty();
  }

  @Test
  void aHostBelowASharedWildcardIsWhomItWasGrantedTo() {
    grant(MANY);
    theirs.manifests().applyText(Site.clinicWithDomains("b", "[" + SHARED + "]"));
    theirs.manifests().applyText(Site.https("mine", "b", "b-1.api.example.com"));
    theirs.manifests().awaitAllReady();
    theirs.connectAgent("b");
    eventually(() -> assertThat(Team.visit(account, "https://b-1.api.example.com")).isEqualTo("B"));

    // This holds before a team has it, and after.
    theirs.manifests().applyText(Site.https("s", "b", "login.api.example.com"));
    theirs.manifests().awaitService("s", ConditionType.Accepted, "NotGranted");
    assertThat(Team.visit(account, LOGIN)).isEqualTo("nothing is there");
    ours.manifests().applyText(Site.clinicWithDomains("one", "[" + SHARED + "]"));
    ours.manifests().applyText(Site.https("lakeside-login", "one", "login.api.example.com"));
    ours.manifests().awaitAllReady();
    ours.connectAgent("one");
    eventually(() -> assertThat(Team.visit(account, LOGIN)).isEqualTo("A"));
    ours.manifests().awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
    ours.manifests().awaitService("lakeside-login", ConditionType.AgentOnline, "EndpointBound");
    JsonNode endpoint = the("endpoints", "url", LOGIN);
    Map<String, String> versions = Settled.versions(manifests);
    try (Visitor visitor = new Visitor(account, LOGIN)) {
      theirs.manifests().annotateService("s", "clinicnet.dev/adopt", id(endpoint));
      look(operator);
      theirs.manifests().awaitService("s", ConditionType.Accepted, "NotGranted");
      assertThat(visitor.answers()).isNotEmpty().containsOnly("A");
    }
    theirs.manifests().annotateService("s", "clinicnet.dev/adopt", null);
    assertNothingIsTold(id(endpoint));
    assertThat(the("endpoints", "url", LOGIN)).isEqualTo(endpoint);
    assertThat(manifests.resourceVersions()).isEqualTo(versions);
  }

  /** Objects above the limit cost no request, so others do not wait for them. */
  @Test
  void manyClinicsOfOneNamespaceDoNotDelayANewOneOfAnother() {
    grant(MOST);
    for (int i = 0; i < MANY; i++) {
      theirs.manifests().applyText(Site.clinicWithDomains("b-" + i, "[]"));
    }
    ours.manifests().applyText(Site.clinicWithDomains("one", "[]"));
    ours.manifests().awaitAllReady();
    eventually(
        () ->
            assertThat(
                    theirs.manifests().clinics().stream()
                        .filter(
                            clinic ->
                                theirs
                                    .manifests()
                                    .clinicSays(
                                        clinic.getMetadata().getName(), ConditionType.Accepted)
                                    .startsWith("False NotGranted"))
                        .count())
                .isEqualTo(MANY - MOST));
    look(operator);
    assertThat(account.all("credentials")).hasSize(MOST + 1);
    assertThat(creations())
        .containsEntry("POST /service_users", MOST + 1)
        .containsEntry("POST /credentials", MOST + 1);
  }

  /** Messages for this team name neither objects without a mark nor those of the other team. */
  private void assertNothingIsTold(String id) {
    assertThat(theirs.readable())
        .doesNotContain(id)
        .doesNotContain(namespace.name() + "/")
        .doesNotContain("lakeside");
  }

  private void grant(int clinics) {
    grants.apply(
        """
        - name: ours
          namespaces: {names: [%s]}
          sharedDomains: ['*.api.example.com']
          sharedHosts: ['login.api.example.com']
          internalDomains: ['**']
        - name: theirs
          namespaces: {names: [%s]}
          sharedDomains: ['*.api.example.com']
          sharedHosts: ['b-*.api.example.com']
          internalDomains: ['**']
          maxClinics: %d
        """
            .formatted(namespace.name(), elsewhere.name(), clinics));
  }
}
