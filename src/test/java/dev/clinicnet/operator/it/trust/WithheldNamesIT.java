package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The operator's log has, once, what a refusal does not tell a team: the holder of the name, and
 * the id at ngrok.
 */
@ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
class WithheldNamesIT extends InOneNamespace {
  private static final String SHARED = "{name: '*.api.example.com', shared: true}";

  @RegisterExtension final FreshNamespace elsewhere = FreshNamespace.withoutControllers();

  @Test
  void theLogNamesTheHolderOnce() {
    manifests.applyText(
        Site.clinicWithDomains("lakeside", "[" + SHARED + ", {name: lakeside.example.org}]"));
    manifests.applyText(Site.api("lakeside"));
    manifests.applyText(Site.db("lakeside"));
    JsonNode byHand = account.call("POST", "/reserved_addrs", "{\"region\": \"us\"}");
    JsonNode foreign = account.call("POST", "/reserved_domains", "{\"domain\": \"hand.corp.com\"}");
    try (Team theirs = new Team(elsewhere, account, 'B');
        KubernetesClient client = namespace.operatorClient();
        LogCapture log = LogCapture.begin();
        ClinicOperator operator =
            RunningOperator.on(client, namespace.name(), account.url())
                .and(elsewhere.name())
                .withIntervals(OFTEN, OFTEN)
                .start()) {
      manifests.awaitAllReady();
      JsonNode endpoint =
          account.call(
              "POST",
              "/endpoints",
              """
              {"type": "cloud", "url": "https://hand.api.example.com", "bindings": ["public"],
               "traffic_policy": "{\\"on_http_request\\":[{\\"actions\\":[{\\"type\\":\\"deny\\"}]}]}"}
              """);
      look(operator);
      String path = namespace.name() + "/lakeside";
      String address = manifests.service("lakeside-db").getStatus().address().addr();
      Map<String, List<String>> expected = new LinkedHashMap<>();

      apply(theirs, Site.clinicWithDomains("a", "[]", "internalDomain: lakeside.internal"));
      expected.put(
          "Clinic " + theirs.path("a"),
          List.of("InternalDomainConflict", "Clinic " + path, id(only("credentials", path))));
      apply(theirs, Site.clinicWithDomains("b", "[{name: lakeside.example.org}]"));
      expected.put(
          "Clinic " + theirs.path("b"),
          List.of(
              "DomainConflict",
              "Clinic " + path,
              id(the("reserved_domains", "domain", "lakeside.example.org"))));
      apply(theirs, Site.clinicWithDomains("c", "[{name: hand.corp.com}]"));
      expected.put(
          "Clinic " + theirs.path("c"), List.of("DomainNotOwned", "carries no mark", id(foreign)));
      apply(theirs, Site.clinicWithDomains("d", "[" + SHARED + "]"));
      theirs.manifests().awaitClinic("d", ConditionType.Ready, "Programmed");
      apply(theirs, Site.https("host", "d", "lakeside.api.example.com"));
      expected.put(
          "ClinicService " + theirs.path("host"),
          List.of(
              "HostConflict",
              "ClinicService " + path + "-api",
              id(the("endpoints", "url", "https://lakeside.api.example.com"))));
      apply(theirs, Site.https("url", "d", "hand.api.example.com"));
      expected.put(
          "ClinicService " + theirs.path("url"),
          List.of("EndpointNotOwned", "carries no mark", id(endpoint)));
      apply(theirs, db("theirs", address));
      expected.put(
          "ClinicService " + theirs.path("theirs"),
          List.of(
              "AddressNotOwned",
              "ClinicService " + path + "-db",
              id(the("reserved_addrs", "addr", address))));
      apply(theirs, db("nobodys", byHand.path("addr").asText()));
      expected.put(
          "ClinicService " + theirs.path("nobodys"),
          List.of("AddressNotOwned", "carries no mark", id(byHand)));

      expected.forEach(
          (object, words) ->
              eventually(
                  () ->
                      assertThat(told(log, object))
                          .singleElement()
                          .satisfies(line -> assertThat(line).contains(words))));
      awaitSweeps(5);
      expected.keySet().forEach(object -> assertThat(told(log, object)).as(object).hasSize(1));
      assertThat(theirs.readable()).doesNotContain("Clinic " + path, path + "-", id(endpoint));

      // It is logged again when it is refused again.
      apply(theirs, Site.https("host", "d", "free.api.example.com"));
      theirs.manifests().awaitService("host", ConditionType.Ready, "Programmed");
      apply(theirs, Site.https("host", "d", "lakeside.api.example.com"));
      eventually(() -> assertThat(told(log, "ClinicService " + theirs.path("host"))).hasSize(2));
    }
  }

  private JsonNode only(String resource, String path) {
    return account.all(resource).stream()
        .filter(row -> mark(row).owner().orElseThrow().toString().equals("Clinic " + path))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> told(LogCapture log, String object) {
    return log.text()
        .lines()
        .filter(line -> line.startsWith("WARN "))
        .filter(line -> line.contains(object + " is refused") && line.contains("is not told that"))
        .toList();
  }

  private static void apply(Team team, String yaml) {
    team.manifests().applyText(yaml);
  }

  private static String db(String name, String address) {
    return Site.service(
        name, "d", "tcp://10.0.0.9:5432", "expose: {tcp: {address: \"" + address + "\"}}");
  }
}
