package dev.clinicnet.operator.it.delete;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A retained site works on without its manifests, and new manifests find it again. */
@SuppressWarnings("try") // An operator only has to run.
class RetainIT extends InOneNamespace {
  private static final String[] KINDS = {
    "endpoints", "reserved_addrs", "reserved_domains", "credentials", "service_users"
  };

  @Override
  protected FreshNamespace namespaces() {
    return FreshNamespace.withControllers();
  }

  @Test
  void everythingGoesOnWorkingAndIsAdoptedAgain() {
    String clinic = Site.clinic("one", "deletionPolicy: Retain");
    manifests.applyText(clinic);
    manifests.applyText(Site.api("one"));
    manifests.applyText(Site.db("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      List<String> before = ids();
      String token = manifests.file("one-site-kit", "authtoken");

      manifests.deleteAll();
      manifests.awaitGone();

      assertThat(ids()).isEqualTo(before);
      for (String kind : new String[] {"endpoints", "reserved_addrs", "credentials"}) {
        assertThat(account.all(kind)).allMatch(row -> mark(row).isRetained());
      }
      assertThat(mark(the("reserved_domains", "domain", "one.example.org")).isRetained()).isTrue();
      assertThat(manifests.secret("one-site-kit").getMetadata().getOwnerReferences()).isEmpty();
      JsonNode agent = account.connectAgent(manifests.file("one-site-kit", "ngrok.yml"));
      assertThat(agent.path("session_id").asText()).as(agent.toString()).isNotEmpty();

      account.disconnectAgent(id(agent));
      account.forgetRequests();
      manifests.applyText(clinic);
      manifests.applyText(Site.api("one"));
      manifests.applyText(Site.db("one"));
      manifests.awaitAllReady();

      assertThat(ids()).isEqualTo(before);
      assertThat(creations()).isEmpty();
      assertThat(manifests.file("one-site-kit", "authtoken")).isEqualTo(token);
      assertThat(manifests.secret("one-site-kit").getMetadata().getOwnerReferences()).hasSize(1);
      for (String kind : new String[] {"endpoints", "reserved_addrs", "credentials"}) {
        assertThat(account.all(kind)).allMatch(row -> mark(row).isActive());
      }
      assertThat(account.writes())
          .containsOnlyKeys(
              "PATCH /endpoints/{id}",
              "PATCH /reserved_addrs/{id}",
              "PATCH /reserved_domains/{id}",
              "PATCH /credentials/{id}");
    }
  }

  @Test
  void aQuarantineOfTheSameNameClosesWhatWasRetained() {
    String clinic = Site.clinic("one", "deletionPolicy: Retain");
    String url = "https://one.api.example.com";
    manifests.applyText(clinic);
    manifests.applyText(Site.api("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();
      manifests.deleteAll();
      manifests.awaitGone();
      manifests.applyText(clinic);
      manifests.awaitAllReady();
      assertThat(policy(url)).contains("forward-internal");

      manifests.annotateClinic("one", "clinicnet.dev/quarantine", "true");
      manifests.awaitClinic("one", ConditionType.Programmed, "Quarantined");
      assertThat(policy(url)).contains("deny").doesNotContain("forward-internal");
      assertThat(manifests.clinicSays("one", ConditionType.Programmed)).contains(url);

      manifests.annotateClinic("one", "clinicnet.dev/quarantine", null);
      manifests.awaitClinic("one", ConditionType.Programmed, "Programmed");
      assertThat(policy(url)).as("nobody knows its policy").doesNotContain("forward-internal");
      manifests.applyText(Site.api("one"));
      manifests.awaitAllReady();
      assertThat(policy(url)).contains("forward-internal");
    }
  }

  private String policy(String url) {
    return the("endpoints", "url", url).path("traffic_policy").asText();
  }

  @Test
  void servicesOfARetainedClinicThatGoesFirstStayOpen() {
    manifests.applyText(Site.clinic("one", "deletionPolicy: Retain"));
    manifests.applyText(Site.api("one"));
    try (ClinicOperator operator = operator().start()) {
      manifests.awaitAllReady();

      manifests.deleteClinic("one");
      manifests.awaitClinicGone("one");
      assertThat(account.all("endpoints")).hasSize(1);
      manifests.deleteService("one-api");
      manifests.awaitGone();

      assertThat(mark(only("endpoints")).isRetained()).isTrue();
    }
  }

  @Test
  void noSweepReleasesWhatIsRetained() {
    manifests.applyText(Site.clinic("one", "deletionPolicy: Retain"));
    manifests.applyText(Site.db("one"));
    try (ClinicOperator operator = watchfulOperator().start()) {
      manifests.awaitAllReady();
      List<String> before = ids();
      manifests.deleteAll();
      manifests.awaitGone();
      account.forgetRequests();

      awaitSweeps(4);

      assertThat(ids()).isEqualTo(before);
      assertThat(account.writes()).isEmpty();
    }
  }

  private List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (String kind : KINDS) {
      account.all(kind).forEach(row -> ids.add(id(row)));
    }
    ids.sort(null);
    return ids;
  }
}
