package dev.clinicnet.operator.it.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names that move between objects in one apply, like in edits by people. */
@SuppressWarnings("try") // An operator only has to run.
class MovesIT extends InOneNamespace {

  @Test
  void hostsAreExchangedInACycleOfAnyLength() {
    manifests.applyText(clinic());
    manifests.applyText(hosts("a", "b", "c"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();

      manifests.applyText(hosts("b", "c", "a"));
      manifests.awaitAllReady();

      assertForwards("https://b.api.example.com", "s0");
      assertForwards("https://c.api.example.com", "s1");
      assertForwards("https://a.api.example.com", "s2");
      assertThat(account.all("endpoints")).hasSize(3);

      manifests.applyText(hosts("c", "b", "a"));
      manifests.awaitAllReady();
      assertForwards("https://c.api.example.com", "s0");
      assertForwards("https://b.api.example.com", "s1");
    }
  }

  @Test
  void aServiceChangesBetweenHttpsAndTlsOnOneHost() {
    String host = "s.api.example.com";
    String upstream = "tcp://10.0.0.2:8443";
    String tls = Site.service("s", "one", upstream, "expose: {tls: {host: " + host + "}}");
    manifests.applyText(clinic());
    manifests.applyText(Site.https("s", "one", host));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      account.forgetRequests();

      manifests.applyText(tls);
      manifests.awaitAllReady();

      assertThat(account.names("endpoints", "url")).containsExactly("tls://" + host);
      assertThat(account.writes())
          .as("no attempt while the old one is there")
          .isEqualTo(Map.of("DELETE /endpoints/{id}", 1, "POST /endpoints", 1));
      eventually(
          () ->
              assertThat(manifests.service("s").getStatus().publicURL())
                  .isEqualTo("tls://" + host));

      manifests.applyText(Site.https("s", "one", host));
      manifests.awaitAllReady();
      assertThat(account.names("endpoints", "url")).containsExactly("https://" + host);
      assertThat(operator.httpPort()).isPositive();
    }
  }

  @Test
  void anExclusiveDomainMovesToAnotherClinicOfItsNamespace() {
    manifests.applyText(Site.clinicWithDomains("one", "[{name: shop.example.org}]"));
    manifests.applyText(Site.clinicWithDomains("two", "[]"));
    try (ClinicOperator operator = operator().withUndoWindow(Duration.ofDays(7)).start()) {
      manifests.awaitAllReady();
      String before = id(only("reserved_domains"));

      manifests.applyText(Site.clinicWithDomains("two", "[{name: shop.example.org}]"));
      manifests.awaitClinic("two", ConditionType.Accepted, "DomainConflict");
      manifests.applyText(Site.clinicWithDomains("one", "[]"));

      manifests.awaitAllReady();
      assertThat(id(only("reserved_domains"))).isEqualTo(before);
      assertThat(mark(only("reserved_domains")).name()).isEqualTo("two");
      assertThat(mark(only("reserved_domains")).isActive()).isTrue();
    }
  }

  @Test
  void anAddressOfAnotherRegionIsNotGivenBack() {
    Duration week = Duration.ofDays(7);
    manifests.applyText(clinic());
    manifests.applyText(database("us"));
    try (ClinicOperator operator = operator().withUndoWindow(week).start()) {
      manifests.awaitAllReady();
      String first = manifests.service("db").getStatus().address().addr();
      manifests.deleteService("db");
      manifests.awaitServiceGone("db");

      manifests.applyText(database("eu"));
      manifests.awaitAllReady();

      String second = manifests.service("db").getStatus().address().addr();
      assertThat(second).isNotEqualTo(first);
      assertThat(the("reserved_addrs", "addr", second).path("region").asText()).isEqualTo("eu");
      assertThat(mark(the("reserved_addrs", "addr", first)).isActive()).isFalse();

      manifests.deleteService("db");
      manifests.awaitServiceGone("db");
      manifests.applyText(database("us"));
      manifests.awaitAllReady();
      assertThat(manifests.service("db").getStatus().address().addr())
          .as("within the undo window it is the same again")
          .isEqualTo(first);
    }
  }

  private void assertForwards(String url, String service) {
    JsonNode endpoint = the("endpoints", "url", url);
    assertThat(endpoint.path("traffic_policy").asText()).contains(service + ".one.internal");
    assertThat(mark(endpoint).name()).isEqualTo(service);
  }

  private static String clinic() {
    return Site.sharing("one");
  }

  private static String database(String region) {
    return Site.service(
        "db", "one", "tcp://10.0.0.2:5432", "expose: {tcp: {region: " + region + "}}");
  }

  private static String hosts(String... labels) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < labels.length; i++) {
      all.append(i == 0 ? "" : "---\n")
          .append(Site.https("s" + i, "one", labels[i] + ".api.example.com"));
    }
    return all.toString();
  }
}
