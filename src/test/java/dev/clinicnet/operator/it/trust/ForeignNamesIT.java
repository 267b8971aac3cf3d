package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.OneLetter;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An editor of one namespace cannot take a name of another. Nothing of the other namespace changes,
 * traffic included, and nothing that the editor can read names it.
 */
class ForeignNamesIT extends InOneNamespace {
  private static final String ALLOWED = "203.0.113.7";
  private static final String OTHERS = "198.51.100.7";
  private static final String DATABASE = "10.0.0.2:5432";
  private static final String ADOPT = "clinicnet.dev/adopt";
  private static final List<String> KINDS =
      List.of(
          "reserved_domains",
          "reserved_addrs",
          "service_users",
          "credentials",
          "endpoints",
          "vaults",
          "vault_secrets");

  @RegisterExtension final FreshNamespace hostile = FreshNamespace.withoutControllers();

  @Test
  void theAddressOfAnothersDatabaseIsNotTakenOver() {
    manifests.applyText(Site.clinicWithDomains("one", "[]"));
    manifests.applyText(
        Site.service(
            "one-db",
            "one",
            "tcp://" + DATABASE,
            "expose: {tcp: {region: us}}",
            "access: {allowCIDRs: [203.0.113.0/24]}"));
    try (OneLetter ours = new OneLetter('A');
        OneLetter theirs = new OneLetter('B');
        KubernetesClient editor = Team.editor(hostile);
        KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = start(client)) {
      manifests.awaitAllReady();
      account.upstream(agent(manifests, "one-site-kit"), DATABASE, ours.address());
      eventually(
          () ->
              assertThat(manifests.serviceSays("one-db", ConditionType.AgentOnline))
                  .startsWith("True"));
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitInstalled");
      String url = manifests.service("one-db").getStatus().publicURL();
      Map<String, String> versions = Settled.versions(manifests);
      List<String> held = held();

      Manifests attacker = new Manifests(editor, hostile.name());
      attacker.applyText(Site.clinicWithDomains("b", "[]"));
      attacker.awaitAllReady();
      account.upstream(agent(attacker, "b-site-kit"), "10.0.0.9:5432", theirs.address());
      attacker.applyText(
          Site.service(
              "s",
              "b",
              "tcp://10.0.0.9:5432",
              "expose: {tcp: {address: \"" + url.substring("tcp://".length()) + "\"}}"));
      attacker.awaitService("s", ConditionType.Accepted, "AddressNotOwned");
      for (String id : List.of(id(only("endpoints", url)), id(only("reserved_addrs")))) {
        attacker.annotateService("s", ADOPT, id);
        look(operator);
        attacker.awaitService("s", ConditionType.Accepted, "AddressNotOwned");

        assertThat(OneLetter.ask(account.edge(url, ALLOWED))).isEqualTo("A");
        assertThat(OneLetter.ask(account.edge(url, OTHERS))).isEqualTo("closed");
        assertThat(held()).isEqualTo(held);
        assertThat(manifests.resourceVersions()).isEqualTo(versions);
        assertNothingIsTold(attacker);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ForeignName.class)
  void noKindOfNameIsTakenByAnEditorOfAnotherNamespace(ForeignName name) {
    assertIsNotTaken(name, attacker -> {});
  }

  @ParameterizedTest
  @EnumSource(ForeignName.class)
  void noKindOfNameIsTakenByEditingWhatRuns(ForeignName name) {
    if (name.isReachedByAnEdit()) {
      assertIsNotTaken(name, ForeignNamesIT::run);
      return;
    }
    manifests.applyText(ForeignName.running());
    assertThatThrownBy(() -> manifests.applyText(name.yaml("", "")))
        .hasMessageContaining("immutable");
  }

  private static void run(Manifests attacker) {
    attacker.applyText(ForeignName.running());
    attacker.awaitAllReady();
  }

  /** Everything that a team has before the attempt, and everything that it adopts. */
  private void assertIsNotTaken(ForeignName name, Consumer<Manifests> before) {
    manifests.applyText(
        Site.clinicWithDomains(
            "one",
            "[{name: '*.api.example.com', shared: true}, {name: one.example.org}, {name:"
                + " '*.one.example.net'}]",
            // Otherwise a removed mark would be written again.
            "driftPolicy: Report"));
    manifests.applyText(Site.api("one"));
    manifests.applyText(Site.db("one"));
    JsonNode byHand = account.call("POST", "/reserved_addrs", "{\"region\": \"us\"}");
    account.call("POST", "/reserved_domains", "{\"domain\": \"hand.example.net\"}");
    account.call("POST", "/reserved_domains", "{\"domain\": \"*.hand.example.net\"}");
    account.call(
        "POST",
        "/vaults",
        "{\"name\": \"clinicnet_" + instance().replace('-', '_') + "\", \"metadata\": \"\"}");
    try (KubernetesClient editor = Team.editor(hostile);
        KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = start(client)) {
      manifests.awaitAllReady();
      account.call(
          "POST",
          "/endpoints",
          """
          {"type": "cloud", "url": "https://hand.api.example.com", "bindings": ["public"],
           "traffic_policy": "{\\"on_http_request\\":[{\\"actions\\":[{\\"type\\":\\"deny\\"}]}]}"}
          """);
      if (name.removesMark()) {
        String id = manifests.service("one-db").getStatus().address().id();
        account.call("PATCH", "/reserved_addrs/" + id, "{\"metadata\": \"\"}");
      }
      look(operator);
      Manifests attacker = new Manifests(editor, hostile.name());
      before.accept(attacker);
      Map<String, String> versions = Settled.versions(manifests);
      List<String> held = held();

      new Manifests(hostile.admin(), hostile.name()).applyText(ForeignName.secrets());
      attacker.applyText(
          name.yaml(
              manifests.service("one-db").getStatus().address().addr(),
              byHand.path("addr").asText()));
      awaitRefusal(attacker, name.reason());
      idsHeld().forEach(id -> annotateAll(attacker, id));
      look(operator);

      awaitRefusal(attacker, name.reason());
      assertThat(held()).isEqualTo(held);
      assertThat(manifests.resourceVersions()).isEqualTo(versions);
      assertNothingIsTold(attacker);
    }
  }

  private static void awaitRefusal(Manifests attacker, String reason) {
    eventually(
        () -> {
          List<Condition> said = new ArrayList<>();
          attacker.clinics().forEach(clinic -> said.addAll(Manifests.conditions(clinic)));
          attacker.services().forEach(service -> said.addAll(Manifests.conditions(service)));
          assertThat(said)
              .anyMatch(
                  condition ->
                      condition.type().equals(ConditionType.Accepted.name())
                          && condition.status() == ConditionStatus.False
                          && condition.reason().equals(reason));
        });
  }

  private static void annotateAll(Manifests attacker, String id) {
    attacker.clinics().forEach(c -> attacker.annotateClinic(c.getMetadata().getName(), ADOPT, id));
    attacker
        .services()
        .forEach(s -> attacker.annotateService(s.getMetadata().getName(), ADOPT, id));
  }

  /** Finds no name, namespace or id of the other namespace or of objects that were made by hand. */
  private void assertNothingIsTold(Manifests attacker) {
    List<Object> readable = new ArrayList<>();
    attacker.clinics().forEach(clinic -> readable.add(clinic.getStatus()));
    attacker.services().forEach(service -> readable.add(service.getStatus()));
    new Manifests(hostile.admin(), hostile.name())
        .events()
        .forEach(event -> readable.add(event.getMessage()));
    String text = Serialization.asJson(readable);
    assertThat(text).doesNotContain(namespace.name() + "/", "one-api\"", "Clinic one", "/one-db");
    for (String id : idsHeld()) {
      assertThat(text).doesNotContain(id);
    }
  }

  /** The ids of held objects, without the shared wildcard, which every team may list. */
  private List<String> idsHeld() {
    return held().stream()
        .map(ForeignNamesIT::json)
        .filter(row -> !row.path("domain").asText().equals(Site.SHARED))
        .map(InOneNamespace::id)
        .toList();
  }

  private static JsonNode json(String row) {
    try {
      return new ObjectMapper().readTree(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(row, e);
    }
  }

  /** The objects at ngrok that do not belong to the hostile namespace. */
  private List<String> held() {
    List<String> rows = new ArrayList<>();
    for (String kind : KINDS) {
      account.all(kind).stream()
          .filter(
              row ->
                  row.path("tunnel_session").isMissingNode() || row.path("tunnel_session").isNull())
          .map(JsonNode::toString)
          .filter(row -> !row.contains(hostile.name()))
          .sorted()
          .forEach(rows::add);
    }
    return rows;
  }

  private JsonNode only(String resource, String url) {
    return the(resource, "url", url);
  }

  private JsonNode agent(Manifests whose, String kit) {
    return account.connectAgent(
        new Manifests(
                whose == manifests ? namespace.admin() : hostile.admin(),
                whose == manifests ? namespace.name() : hostile.name())
            .file(kit, "ngrok.yml"));
  }

  private ClinicOperator start(KubernetesClient client) {
    return RunningOperator.on(client, namespace.name(), account.url())
        .and(hostile.name())
        .withIntervals(OFTEN, OFTEN)
        .start();
  }
}
