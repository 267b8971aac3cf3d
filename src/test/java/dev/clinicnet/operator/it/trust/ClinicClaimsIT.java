package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Clinic holds its names exclusively, or names the holder and changes nothing. */
@SuppressWarnings("try") // An operator only has to run.
class ClinicClaimsIT extends InOneNamespace {

  @ParameterizedTest
  @ValueSource(strings = {"one.internal", "deep.one.internal"})
  void ofTwoClinicsWithTheSameOrNestedInternalDomainsTheFirstHasIt(String domain) {
    manifests.applyText(Site.clinicWithDomains("one", "[]"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();

      manifests.applyText(Site.clinicWithDomains("two", "[]", "internalDomain: " + domain));
      manifests.awaitClinic("two", ConditionType.Accepted, "InternalDomainConflict");
      assertThat(manifests.clinicSays("two", ConditionType.Accepted))
          .contains("Clinic " + namespace.name() + "/one");
      assertThat(account.all("credentials")).hasSize(1);
      assertThat(manifests.secret("two-site-kit")).isNull();

      manifests.deleteClinic("one");
      manifests.awaitClinicGone("one");
      manifests.awaitAllReady();
      assertThat(only("credentials").path("acl").get(0).asText()).isEqualTo("bind:*." + domain);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bind:*.one.internal",
        "bind:api.one.internal",
        "bind:one.internal",
        "bind:*.internal"
      })
  void anOverlappingTokenOfSomebodyElseHoldsTheInternalDomain(String rule) {
    String user =
        id(account.call("POST", "/service_users", "{\"name\": \"somebody\", \"active\": true}"));
    String foreign =
        id(
            account.call(
                "POST",
                "/credentials",
                "{\"acl\": [\"" + rule + "\"], \"owner_id\": \"" + user + "\"}"));
    account.forgetRequests();
    manifests.applyText(Site.clinicWithDomains("one", "[]"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("one", ConditionType.Accepted, "InternalDomainConflict");
      assertThat(manifests.clinicSays("one", ConditionType.Accepted))
          .contains("a credential of the account")
          .doesNotContain(foreign);
      assertThat(account.writes()).isEmpty();

      account.call("DELETE", "/credentials/" + foreign, null);
      operator.refresh();
      manifests.awaitAllReady();
    }
  }

  @Test
  void aDomainOfSomebodyElseIsUntouchedWithoutAGrantToAdoptIt() {
    String id =
        id(
            account.call(
                "POST",
                "/reserved_domains",
                "{\"domain\": \"one.example.org\", \"description\": \"ours\"}"));
    account.forgetRequests();
    manifests.applyText(Site.clinic("one"));
    manifests.applyText(Site.web("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("one", ConditionType.Accepted, "DomainNotOwned");
      manifests.awaitService("one-web", ConditionType.ResolvedRefs, "ClinicNotAccepted");
      assertThat(manifests.clinicSays("one", ConditionType.Accepted))
          .contains("needs a grant of adoption")
          .doesNotContain(id);

      for (String domains :
          new String[] {"[{name: one.example.org}]", "[{name: one.example.org, shared: true}]"}) {
        manifests.applyText(Site.clinicWithDomains("one", domains));
        manifests.annotateClinic("one", "clinicnet.dev/adopt", id);
        look(operator);
        manifests.awaitClinic("one", ConditionType.Accepted, "DomainNotOwned");
        assertThat(manifests.clinic("one").getStatus().domains()).isEmpty();
      }
      assertThat(account.writes()).isEmpty();
    }
  }

  @Test
  void aDomainOfSomebodyElseOutlivesTheClinicThatAskedForIt() {
    account.call("POST", "/reserved_domains", "{\"domain\": \"one.example.org\"}");
    account.forgetRequests();
    manifests.applyText(Site.clinic("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("one", ConditionType.Accepted, "DomainNotOwned");
      assertThat(manifests.clinic("one").getStatus().domains()).isEmpty();
      look(operator);

      manifests.deleteClinic("one");
      manifests.awaitGone();

      assertThat(account.names("reserved_domains", "domain")).containsExactly("one.example.org");
      assertThat(account.writes()).isEmpty();
    }
  }

  @Test
  void oneNameIsNotSharedByOneAndExclusiveToAnother() {
    String domain = "*.fleet.example.net";
    manifests.applyText(Site.clinicWithDomains("one", "[{name: '" + domain + "', shared: true}]"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      account.forgetRequests();

      manifests.applyText(Site.clinicWithDomains("two", "[{name: '" + domain + "'}]"));
      manifests.awaitClinic("two", ConditionType.Accepted, "DomainConflict");
      manifests.awaitClinic("one", ConditionType.Ready, "Programmed");
      assertThat(account.writes()).isEmpty();

      manifests.applyText(
          Site.clinicWithDomains("two", "[{name: '" + domain + "', shared: true}]"));
      manifests.awaitAllReady();
      assertThat(account.all("reserved_domains")).hasSize(1);
    }
  }

  @Test
  void aSecretOfSomethingElseIsUntouched() {
    namespace
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("one-site-kit")
                .withNamespace(namespace.name())
                .endMetadata()
                .withStringData(Map.of("password", "of somebody else"))
                .build())
        .create();
    String version = manifests.secret("one-site-kit").getMetadata().getResourceVersion();
    manifests.applyText(Site.clinic("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitClinic("one", ConditionType.Accepted, "SiteKitSecretConflict");
      assertThat(account.writes()).isEmpty();
      assertThat(manifests.secret("one-site-kit").getMetadata().getResourceVersion())
          .isEqualTo(version);

      manifests.applyText(Site.clinic("one", "agent: {siteKit: {secretName: one-kit}}"));
      manifests.awaitAllReady();
      assertThat(manifests.file("one-kit", "authtoken")).isNotEmpty();
      assertThat(manifests.secret("one-site-kit").getMetadata().getResourceVersion())
          .isEqualTo(version);
    }
  }
}
