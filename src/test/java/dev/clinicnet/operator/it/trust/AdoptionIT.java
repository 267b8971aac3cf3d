package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects that were made at ngrok by hand: a domain, an endpoint, a TCP address with an endpoint.
 * They are taken over if a grant lets the namespace do so, and stay when their owner is deleted.
 */
@SuppressWarnings("try") // An operator only has to run.
@OwnKubernetes
class AdoptionIT extends InOneNamespace {
  private static final String ADOPT = "clinicnet.dev/adopt";
  private static final String HOST = "hand.api.example.com";
  private static final String URL = "https://" + HOST;
  private static final String BY_HAND = "made by Ann";
  private static final String DENY =
      "{\\\"on_%s\\\":[{\\\"actions\\\":[{\\\"type\\\":\\\"deny\\\"}]}]}";

  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  private Team team;
  private String address;
  private String domainID;
  private String addressID;
  private String endpointID;
  private String tcpID;

  @BeforeEach
  void makeByHand() {
    team = new Team(namespace, account, 'A');
    domainID =
        id(
            account.call(
                "POST", "/reserved_domains", described("\"domain\": \"hand.example.org\"")));
    account.call("POST", "/reserved_domains", described("\"domain\": \"*.api.example.com\""));
    JsonNode reserved = account.call("POST", "/reserved_addrs", described("\"region\": \"us\""));
    address = reserved.path("addr").asText();
    addressID = id(reserved);
    endpointID = endpoint(URL, "http_request");
    tcpID = endpoint("tcp://" + address, "tcp_connect");
    team.manifests()
        .applyText(
            Site.clinicWithDomains(
                "one", "[{name: hand.example.org}, {name: '*.api.example.com', shared: true}]"));
    team.manifests().applyText(Site.https("web", "one", HOST));
    team.manifests()
        .applyText(
            Site.service(
                "db",
                "one",
                "tcp://" + Team.DATABASE,
                "expose: {tcp: {address: \"" + address + "\"}}"));
  }

  @AfterEach
  void close() {
    team.close();
  }

  /** Without any grant, and with one for everything except adoption. */
  @ParameterizedTest
  @ValueSource(strings = {"", "addresses: {reserve: true}"})
  void nothingIsTakenWithoutAGrantOfIt(String granted) {
    String before = account.state();
    if (!granted.isEmpty()) {
      grant(granted);
    }
    adoptAll();
    try (ClinicOperator operator = watchfulOperator().start()) {
      team.manifests().awaitClinic("one", ConditionType.Accepted, "DomainNotOwned");
      assertThat(team.manifests().clinicSays("one", ConditionType.Accepted))
          .contains("hand.example.org", "grant of adoption");
      awaitSweeps(3);
      assertThat(account.writes().keySet()).noneMatch(request -> request.startsWith("PATCH"));
      assertThat(account.state()).isEqualTo(before);
      for (String id : List.of(domainID, addressID, endpointID, tcpID)) {
        assertThat(told()).doesNotContain(id);
      }
    }
  }

  /** Each of them alone is refused too. The Clinic has what it asks for. */
  @Test
  void neitherTheEndpointNorTheAddressIsTakenWithoutAGrantOfIt() {
    grant(
        "adoption: {names: [hand.example.org, '*.api.example.com']}", "addresses: {existing: []}");
    adoptAll();
    try (ClinicOperator operator = watchfulOperator().start()) {
      team.manifests().awaitClinic("one", ConditionType.Ready, "Programmed");
      team.manifests().awaitService("web", ConditionType.Accepted, "EndpointNotOwned");
      team.manifests().awaitService("db", ConditionType.Accepted, "NotGranted");
      grant(
          "adoption: {names: [hand.example.org, '*.api.example.com']}",
          "addresses: {existing: ['" + address + "']}");
      team.manifests().awaitService("db", ConditionType.Accepted, "EndpointNotOwned");
      awaitSweeps(3);
      team.manifests().awaitService("web", ConditionType.Accepted, "EndpointNotOwned");
      for (String id : List.of(endpointID, tcpID)) {
        assertThat(the("endpoints", "id", id).path("metadata").asText()).isEqualTo(BY_HAND);
        assertThat(told()).doesNotContain(id);
      }
    }
  }

  @Test
  void whatWasAdoptedServesAndStaysWhenItsObjectGoes() {
    grantAll("");
    try (ClinicOperator operator = watchfulOperator().start()) {
      adoptAsTold();
      team.manifests().awaitAllReady();
      for (JsonNode row : adopted()) {
        assertThat(mark(row).wasAdopted()).isTrue();
        assertThat(row.path("description").asText()).as("only people read it").isEqualTo(BY_HAND);
      }
      assertThat(the("reserved_addrs", "id", addressID).path("metadata").asText())
          .as("an address is used, and not taken")
          .isEqualTo(BY_HAND);
      team.connectAgent("one");
      eventually(() -> assertThat(Team.visit(account, URL)).isEqualTo("A"));
      eventually(() -> assertThat(Team.visit(account, "tcp://" + address)).isEqualTo("A"));

      team.manifests().deleteAll();
      team.manifests().awaitGone();
      look(operator);
      assertLetGo();
      assertThat(account.all("credentials")).isEmpty();

      // It is as it was before: a grant and the annotation take it again.
      team.manifests().applyText(Site.clinicWithDomains("two", "[{name: hand.example.org}]"));
      team.manifests().awaitClinic("two", ConditionType.Accepted, "DomainNotOwned");
      team.manifests().annotateClinic("two", ADOPT, domainID);
      team.manifests().awaitClinic("two", ConditionType.Ready, "Programmed");
      assertThat(mark(the("reserved_domains", "id", domainID)).name()).isEqualTo("two");
    }
  }

  @Test
  void withReleaseItGoesWithItsObject() {
    grantAll(", release: true");
    try (ClinicOperator operator = watchfulOperator().start()) {
      adoptAsTold();
      team.manifests().awaitAllReady();

      team.manifests().deleteAll();
      team.manifests().awaitGone();
      assertThat(account.all("endpoints")).isEmpty();
      assertThat(account.names("reserved_domains", "domain")).containsExactly("*.api.example.com");
      assertThat(id(only("reserved_addrs"))).isEqualTo(addressID);
    }
  }

  /** Somebody removes the finalizers, and objects without a manifest are removed. */
  @Test
  void itStaysAsAnOrphanToo() {
    grantAll("");
    try (ClinicOperator operator = watchfulOperator().start()) {
      adoptAsTold();
      team.manifests().awaitAllReady();
    }
    Manifests admin = new Manifests(namespace.admin(), namespace.name());
    admin.deleteAll();
    admin.forceClinicAway("one");
    admin.forceServiceAway("web");
    admin.forceServiceAway("db");
    admin.awaitGone();
    try (ClinicOperator operator = watchfulOperator().removingOrphans().start()) {
      eventually(() -> assertThat(account.all("credentials")).isEmpty());
      eventually(this::assertLetGo);
    }
  }

  private void assertLetGo() {
    for (JsonNode row : adopted()) {
      assertThat(mark(row).isRetained()).isTrue();
      assertThat(mark(row).wasAdopted()).isTrue();
    }
    for (String id : List.of(endpointID, tcpID)) {
      assertThat(the("endpoints", "id", id).path("traffic_policy").asText())
          .contains("deny")
          .doesNotContain("forward");
    }
    assertThat(the("reserved_addrs", "id", addressID).path("metadata").asText()).isEqualTo(BY_HAND);
  }

  private List<JsonNode> adopted() {
    return List.of(
        the("reserved_domains", "id", domainID),
        the("endpoints", "id", endpointID),
        the("endpoints", "id", tcpID));
  }

  /** The messages have the ids for teams that may adopt. */
  private void adoptAsTold() {
    team.manifests().awaitClinic("one", ConditionType.Accepted, "DomainNotOwned");
    assertThat(team.manifests().clinicSays("one", ConditionType.Accepted))
        .contains(ADOPT + "=" + domainID);
    team.manifests().annotateClinic("one", ADOPT, domainID);
    team.manifests().awaitService("web", ConditionType.Accepted, "EndpointNotOwned");
    team.manifests().awaitService("db", ConditionType.Accepted, "EndpointNotOwned");
    assertThat(team.manifests().serviceSays("web", ConditionType.Accepted))
        .contains(ADOPT + "=" + endpointID);
    assertThat(team.manifests().serviceSays("db", ConditionType.Accepted))
        .contains(ADOPT + "=" + tcpID);
    team.manifests().annotateService("web", ADOPT, endpointID);
    team.manifests().annotateService("db", ADOPT, tcpID);
  }

  private void adoptAll() {
    team.manifests().annotateClinic("one", ADOPT, domainID);
    team.manifests().annotateService("web", ADOPT, endpointID);
    team.manifests().annotateService("db", ADOPT, tcpID);
  }

  /** All messages, without the texts of the team itself. */
  private String told() {
    StringBuilder told = new StringBuilder();
    Manifests manifests = team.manifests();
    manifests.clinics().forEach(clinic -> told.append(clinic.getStatus()));
    manifests.services().forEach(service -> told.append(service.getStatus()));
    new Manifests(namespace.admin(), namespace.name())
        .events()
        .forEach(event -> told.append(event.getMessage()));
    return told.toString();
  }

  private void grantAll(String release) {
    grant(
        "adoption: {names: [hand.example.org, '*.api.example.com', "
            + HOST
            + "], addresses: ['"
            + address
            + "']"
            + release
            + "}",
        "addresses: {existing: ['" + address + "']}");
  }

  private void grant(String... lines) {
    grants.apply(
        """
        - name: team
          namespaces: {names: [%s]}
          domains: ['**']
          sharedHosts: ['**']
          internalDomains: ['**']
          %s
        """
            .formatted(namespace.name(), String.join("\n  ", lines)));
  }

  private String endpoint(String url, String phase) {
    return id(
        account.call(
            "POST",
            "/endpoints",
            described(
                "\"type\": \"cloud\", \"url\": \"%s\", \"bindings\": [\"public\"],".formatted(url)
                    + " \"traffic_policy\": \""
                    + DENY.formatted(phase)
                    + "\"")));
  }

  private static String described(String fields) {
    return "{"
        + fields
        + ", \"description\": \""
        + BY_HAND
        + "\", \"metadata\": \""
        + BY_HAND
        + "\"}";
  }
}
