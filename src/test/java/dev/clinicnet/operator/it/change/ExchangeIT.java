package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OnePage;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import dev.clinicnet.testkit.Visitor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Services of a Clinic exchange their internal URLs in one apply, with people who visit their
 * public endpoints all the time: no client ever reaches another service's upstream.
 */
class ExchangeIT extends InOneNamespace {
  private final List<OnePage> pages = new ArrayList<>();
  private final Map<String, InetSocketAddress> upstreams = new HashMap<>();

  @BeforeEach
  void serve() {
    for (int i = 0; i < 3; i++) {
      OnePage page = new OnePage((char) ('A' + i));
      pages.add(page);
      upstreams.put("10.0.1." + i + ":8080", page.address());
    }
  }

  @AfterEach
  void stopServing() {
    pages.forEach(OnePage::close);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void internalURLsAreExchangedInACycle(int services) {
    manifests.applyText(Site.sharing("one"));
    applyServices(services, 0);
    List<Visitor> visitors = new ArrayList<>();
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      JsonNode agent = install();
      eventually(() -> assertBound(services, 0));
      eventually(() -> assertEachIsShownItsOwn(services));
      for (int i = 0; i < services; i++) {
        visitors.add(new Visitor(account, publicURL(i)));
      }

      applyServices(services, 1);
      eventually(() -> assertKitHasTemporaryNames(services));
      eventually(
          () ->
              assertThat(manifests.serviceSays("s0", ConditionType.AgentOnline))
                  .contains("is exchanged with ClinicService " + namespace.name() + "/s1"));
      look(operator);
      assertEachIsShownItsOwn(services);

      agent = reinstall(agent);
      eventually(() -> assertKitHasWantedNames(services));
      eventually(() -> assertEachIsShownItsOwn(services));

      reinstall(agent);
      eventually(() -> assertBound(services, 1));
      eventually(() -> assertEachIsShownItsOwn(services));
      manifests.awaitAllReady();
    } finally {
      visitors.forEach(Visitor::close);
    }
    for (int i = 0; i < services; i++) {
      assertThat(visitors.get(i).answers())
          .as(publicURL(i))
          .contains(letter(i))
          .filteredOn(answer -> answer.length() == 1)
          .containsOnly(letter(i));
    }
  }

  private void assertKitHasTemporaryNames(int services) {
    for (int i = 0; i < services; i++) {
      assertThat(kit()).contains("https://s" + i + "-moving.one.internal");
      assertThat(kit()).doesNotContain(internalURL(i));
    }
  }

  private void assertKitHasWantedNames(int services) {
    assertThat(kit()).doesNotContain("-moving");
    for (int i = 0; i < services; i++) {
      assertThat(kit()).contains(internalURL(i));
    }
  }

  private void assertBound(int services, int shift) {
    for (int i = 0; i < services; i++) {
      assertThat(manifests.service("s" + i).getStatus().internalURL())
          .isEqualTo(internalURL((i + shift) % services));
      assertThat(manifests.service("s" + i).getStatus().internalBoundAt()).isNotNull();
    }
  }

  private void assertEachIsShownItsOwn(int services) {
    for (int i = 0; i < services; i++) {
      assertThat(Team.visit(account, publicURL(i))).isEqualTo(letter(i));
    }
  }

  private JsonNode install() {
    JsonNode agent = account.connectAgent(kit());
    account.upstreams(agent, upstreams);
    return agent;
  }

  private JsonNode reinstall(JsonNode old) {
    account.disconnectAgent(old.path("id").asText());
    return install();
  }

  private String kit() {
    return manifests.file("one-site-kit", "ngrok.yml");
  }

  private static String letter(int service) {
    return String.valueOf((char) ('A' + service));
  }

  private static String publicURL(int service) {
    return "https://h" + service + ".api.example.com";
  }

  private static String internalURL(int number) {
    return "https://u" + number + ".one.internal";
  }

  private void applyServices(int services, int shift) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < services; i++) {
      all.append(i == 0 ? "" : "---\n")
          .append(
              Site.service(
                  "s" + i,
                  "one",
                  "http://10.0.1." + i + ":8080",
                  "internalURL: " + internalURL((i + shift) % services),
                  "expose: {https: {host: h" + i + ".api.example.com}}"));
    }
    manifests.applyText(all.toString());
  }
}
