package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import org.junit.jupiter.api.Test;

/** A host is served for one object at any time, and the other object names the holder. */
@SuppressWarnings("try") // An operator only has to run.
class ClaimsIT extends InOneNamespace {
  private static final String HOST = "contested.api.example.com";

  @Test
  void twoServicesOfTwoClinicsClaimOneHostAndTheSecondWakesWhenItIsFree() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.clinic("two"));
    manifests.applyText(Site.https("first", "one", HOST));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String endpoint = id(only("endpoints"));

      manifests.applyText(Site.https("second", "two", HOST));
      manifests.awaitService("second", ConditionType.Accepted, "HostConflict");
      assertThat(manifests.serviceSays("second", ConditionType.Accepted))
          .contains("held by ClinicService " + namespace.name() + "/first");
      manifests.awaitService("first", ConditionType.Ready, "Programmed");
      assertThat(id(only("endpoints"))).isEqualTo(endpoint);

      manifests.deleteService("first");
      manifests.awaitService("second", ConditionType.Ready, "Programmed");
      assertThat(only("endpoints").path("url").asText()).isEqualTo("https://" + HOST);
      assertThat(mark(only("endpoints")).name()).isEqualTo("second");
    }
  }

  @Test
  void theSecondWakesWhenTheFirstMovesAway() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.clinic("two"));
    manifests.applyText(Site.https("first", "one", HOST));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      manifests.applyText(Site.https("second", "two", HOST));
      manifests.awaitService("second", ConditionType.Accepted, "HostConflict");

      manifests.applyText(Site.https("first", "one", "other.api.example.com"));
      manifests.awaitAllReady();

      assertThat(account.names("endpoints", "url"))
          .containsExactly("https://" + HOST, "https://other.api.example.com");
      assertThat(mark(the("endpoints", "url", "https://" + HOST)).name()).isEqualTo("second");
    }
  }

  @Test
  void ofTwoThatAppearTogetherExactlyOneIsServed() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.clinic("two"));
    manifests.applyText(Site.https("b", "one", HOST));
    manifests.applyText(Site.https("a", "two", HOST));
    try (ClinicOperator operator = operator().start()) {
      eventually(
          () -> {
            String a = manifests.serviceSays("a", ConditionType.Ready);
            String b = manifests.serviceSays("b", ConditionType.Ready);
            assertThat(new String[] {a, b}).anyMatch(says -> says.startsWith("True"));
            assertThat(new String[] {a, b}).anyMatch(says -> says.startsWith("False HostConflict"));
          });

      assertThat(account.all("endpoints")).hasSize(1);
    }
  }

  @Test
  void aHostThatNoListedDomainCoversIsRefused() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.https("deep", "one", "a.b.api.example.com"));
    manifests.applyText(Site.https("bare", "one", "api.example.com"));
    manifests.applyText(Site.https("alien", "one", "one.example.net"));
    try (ClinicOperator operator = operator().start()) {
      for (String service : new String[] {"deep", "bare", "alien"}) {
        manifests.awaitService(service, ConditionType.Accepted, "HostNotCovered");
        assertThat(manifests.serviceSays(service, ConditionType.Accepted))
            .contains("*.api.example.com, one.example.org");
      }
      assertThat(account.all("endpoints")).isEmpty();
    }
  }

  @Test
  void aServiceWithoutAClinicWaitsForIt() {
    manifests.applyText(Site.api("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitService("one-api", ConditionType.ResolvedRefs, "ClinicNotFound");
      assertThat(manifests.serviceSays("one-api", ConditionType.Ready))
          .contains("spec.clinicRef.name one");

      manifests.applyText(Site.clinic("one"));
      manifests.awaitAllReady();
    }
  }

  @Test
  void anExclusiveDomainCannotBeLaidOverALivingHostOfAnotherClinic() {
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.https("first", "one", HOST));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      JsonNode endpoint = only("endpoints");

      manifests.applyText(Site.clinicWithDomains("two", "[{name: " + HOST + "}]"));
      manifests.applyText(Site.https("second", "two", HOST));
      manifests.awaitClinic("two", ConditionType.Accepted, "DomainConflict");
      assertThat(manifests.clinicSays("two", ConditionType.Accepted)).contains("first");
      manifests.awaitService("second", ConditionType.ResolvedRefs, "ClinicNotAccepted");

      manifests.awaitService("first", ConditionType.Ready, "Programmed");
      assertThat(only("endpoints")).isEqualTo(endpoint);
      assertThat(account.all("credentials")).hasSize(1);
    }
  }

  @Test
  void anEndpointOfSomebodyElseIsUntouchedWithoutAGrantToAdoptIt() {
    manifests.applyText(Site.clinic("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      String id =
          id(
              account.call(
                  "POST",
                  "/endpoints",
                  """
                  {"type": "cloud", "url": "https://contested.api.example.com",
                   "bindings": ["public"], "traffic_policy":
                   "{\\"on_http_request\\":[{\\"actions\\":[{\\"type\\":\\"deny\\"}]}]}"}
                  """));
      account.forgetRequests();
      look(operator);

      manifests.applyText(Site.https("first", "one", HOST));
      manifests.awaitService("first", ConditionType.Accepted, "EndpointNotOwned");
      assertThat(manifests.serviceSays("first", ConditionType.Accepted))
          .contains("needs a grant of adoption")
          .doesNotContain(id);
      String before = only("endpoints").toString();

      manifests.annotateService("first", "clinicnet.dev/adopt", id);
      look(operator);
      assertThat(manifests.serviceSays("first", ConditionType.Accepted))
          .contains("EndpointNotOwned");
      assertThat(only("endpoints")).hasToString(before);
      assertThat(account.writes()).isEmpty();
    }
  }
}
