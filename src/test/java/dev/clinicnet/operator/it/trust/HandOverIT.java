package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.it.drift.DriftCounts;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names that their holder gives to another object, in the same namespace and in another one, with
 * traffic. The holder's name is {@code lakeside}.
 */
class HandOverIT extends InOneNamespace {
  private static final String HAND_OVER = "clinicnet.dev/hand-over-to";
  private static final String SHOP = "https://shop.example.org";
  private static final String SHOP_DOMAIN = "[{name: shop.example.org}]";
  private static final String ANOTHER = "an object of another namespace";

  @RegisterExtension final FreshNamespace elsewhere = FreshNamespace.withoutControllers();

  private Team giver;
  private Team neighbour;
  private Team stranger;
  private KubernetesClient client;
  private ClinicOperator operator;

  @BeforeEach
  void start() {
    giver = new Team(namespace, account, 'A');
    neighbour = new Team(namespace, account, 'B');
    stranger = new Team(elsewhere, account, 'B');
    client = namespace.operatorClient();
    operator =
        RunningOperator.on(client, namespace.name(), account.url())
            .and(elsewhere.name())
            .withIntervals(OFTEN, OFTEN)
            .start();
    giver.manifests().applyText(Site.clinicWithDomains("lakeside", SHOP_DOMAIN));
    giver.manifests().applyText(Site.https("lakeside-web", "lakeside", "shop.example.org"));
    giver.manifests().applyText(Site.db("lakeside"));
    giver.manifests().awaitAllReady();
    JsonNode agent = giver.connectAgent("lakeside");
    assertThat(agent.path("endpoints")).hasSize(2);
  }

  @AfterEach
  void stop() {
    operator.close();
    client.close();
    stranger.close();
    neighbour.close();
    giver.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDomainAndItsEndpoint(boolean neighbours) {
    Team taker = neighbours ? neighbour : stranger;
    Manifests taking = taker.manifests();
    eventually(() -> assertThat(Team.visit(account, SHOP)).isEqualTo("A"));
    String domain = id(the("reserved_domains", "domain", "shop.example.org"));
    String endpoint = id(the("endpoints", "url", SHOP));

    giver.manifests().annotateClinic("lakeside", HAND_OVER, taker.path("two"));
    giver.manifests().annotateService("lakeside-web", HAND_OVER, taker.path("page"));
    look(operator);
    assertThat(Team.visit(account, SHOP)).as("nobody has asked").isEqualTo("A");

    taking.applyText(Site.clinicWithDomains("two", SHOP_DOMAIN));
    taking.applyText(Site.https("page", "two", "shop.example.org"));
    taking.awaitClinic("two", ConditionType.Ready, "Programmed");
    taking.awaitService("page", ConditionType.Ready, "Programmed");
    taker.connectAgent("two");
    eventually(() -> assertThat(Team.visit(account, SHOP)).isEqualTo("B"));
    assertThat(id(the("reserved_domains", "domain", "shop.example.org"))).isEqualTo(domain);
    assertThat(id(the("endpoints", "url", SHOP))).isEqualTo(endpoint);

    eventually(
        () ->
            assertThat(giver.manifests().clinicSays("lakeside", ConditionType.Ready))
                .startsWith("False")
                .contains("shop.example.org")
                .contains(neighbours ? "Clinic " + taker.path("two") : ANOTHER));
    eventually(
        () ->
            assertThat(giver.manifests().service("lakeside-web").getStatus().endpoint()).isNull());
    assertThat(giver.manifests().clinic("lakeside").getStatus().domains()).isEmpty();
    eventually(
        () ->
            assertThat(acl("lakeside"))
                .as("its token may not bind what it gave away")
                .containsExactly("bind:*.lakeside.internal"));
    assertThat(acl("two")).contains("bind:shop.example.org");
    assertThat(DriftCounts.of(operator)).as("it was no loss").isEmpty();

    giver.manifests().applyText(Site.clinicWithDomains("lakeside", "[]"));
    giver.manifests().deleteService("lakeside-web");
    giver.manifests().awaitServiceGone("lakeside-web");
    giver.manifests().awaitClinic("lakeside", ConditionType.Ready, "Programmed");
    giver.manifests().deleteService("lakeside-db");
    giver.manifests().deleteClinic("lakeside");
    giver.manifests().awaitClinicGone("lakeside");
    look(operator);
    assertThat(Team.visit(account, SHOP)).isEqualTo("B");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAddress(boolean neighbours) {
    Team taker = neighbours ? neighbour : stranger;
    String url = giver.manifests().service("lakeside-db").getStatus().publicURL();
    eventually(() -> assertThat(Team.visit(account, url)).isEqualTo("A"));
    String address = id(only("reserved_addrs"));

    giver.manifests().annotateService("lakeside-db", HAND_OVER, taker.path("db"));
    taker.manifests().applyText(Site.clinicWithDomains("two", "[]"));
    taker.manifests().applyText(db(url));
    taker.manifests().awaitService("db", ConditionType.Ready, "Programmed");
    taker.connectAgent("two");
    eventually(() -> assertThat(Team.visit(account, url)).isEqualTo("B"));

    giver.manifests().awaitService("lakeside-db", ConditionType.Accepted, "AddressNotOwned");
    assertThat(giver.manifests().serviceSays("lakeside-db", ConditionType.Accepted))
        .contains("has no other one reserved");
    look(operator);
    assertThat(id(only("reserved_addrs"))).isEqualTo(address);
    assertThat(giver.manifests().service("lakeside-db").getStatus().address()).isNull();
    assertThat(DriftCounts.of(operator)).as("it was no loss").isEmpty();

    giver.manifests().annotateService("lakeside-db", HAND_OVER, null);
    giver.manifests().awaitService("lakeside-db", ConditionType.Ready, "Programmed");
    String other = giver.manifests().service("lakeside-db").getStatus().publicURL();
    assertThat(other).isNotEqualTo(url);
    assertThat(Team.visit(account, other)).isEqualTo("A");
    assertThat(Team.visit(account, url)).isEqualTo("B");
    assertThat(DriftCounts.of(operator)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "another/two",
        "%1$s/two",
        "%1$s/page",
        "%1$s/db",
        "%2$s/other",
        "%2$s",
        "two",
        "*",
        "%2$s/*"
      })
  void isRefusedWithoutTheWordOrWhenItNamesAnother(String named) {
    String url = giver.manifests().service("lakeside-db").getStatus().publicURL();
    eventually(() -> assertThat(Team.visit(account, url)).isEqualTo("A"));
    if (!named.isEmpty()) {
      String to = named.formatted(namespace.name(), elsewhere.name());
      giver.manifests().annotateClinic("lakeside", HAND_OVER, to);
      giver.manifests().annotateService("lakeside-web", HAND_OVER, to);
      giver.manifests().annotateService("lakeside-db", HAND_OVER, to);
    }
    look(operator);
    List<JsonNode> held = held();

    stranger.manifests().applyText(Site.clinicWithDomains("two", SHOP_DOMAIN));
    stranger.manifests().applyText(Site.clinicWithDomains("three", "[]"));
    stranger.manifests().applyText(db(url).replace("{name: two}", "{name: three}"));
    stranger.manifests().awaitClinic("two", ConditionType.Accepted, "DomainConflict");
    stranger.manifests().awaitService("db", ConditionType.Accepted, "AddressNotOwned");
    look(operator);

    stranger.manifests().awaitClinic("two", ConditionType.Accepted, "DomainConflict");
    stranger.manifests().awaitService("db", ConditionType.Accepted, "AddressNotOwned");
    assertThat(held()).containsAll(held);
    assertThat(Team.visit(account, SHOP)).isEqualTo("A");
    assertThat(Team.visit(account, url)).isEqualTo("A");
    String readable = stranger.readable();
    assertThat(readable).doesNotContain("lakeside", namespace.name() + "/");
    held.forEach(row -> assertThat(readable).doesNotContain(id(row)));
  }

  private List<JsonNode> held() {
    List<JsonNode> rows = new ArrayList<>();
    for (String kind : List.of("reserved_domains", "reserved_addrs", "credentials", "endpoints")) {
      account.all(kind).stream().filter(row -> !row.has("tunnel_session")).forEach(rows::add);
    }
    return rows;
  }

  private List<String> acl(String clinic) {
    List<String> acl = new ArrayList<>();
    the("credentials", "description", "Agent of Clinic " + clinic)
        .path("acl")
        .forEach(rule -> acl.add(rule.asText()));
    return acl;
  }

  private static String db(String url) {
    return Site.service(
        "db",
        "two",
        "tcp://" + Team.DATABASE,
        "expose: {tcp: {address: \"" + url.substring("tcp://".length()) + "\"}}");
  }
}
