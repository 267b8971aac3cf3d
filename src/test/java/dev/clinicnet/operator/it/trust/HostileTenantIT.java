package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A user who may write manifests in one namespace reaches nothing of another: no manifest changes
 * what the other has at ngrok or in Kubernetes.
 */
@SuppressWarnings("try") // An operator only has to run.
class HostileTenantIT extends InOneNamespace {
  private static final String MARK = "clinicnet.dev/";

  @RegisterExtension final FreshNamespace hostile = FreshNamespace.withoutControllers();

  @Test
  void noManifestReachesAnotherNamespace() {
    manifests.applyText(Site.all("one"));
    try (KubernetesClient editor = Team.editor(hostile);
        KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = start(client)) {
      manifests.awaitAllReady();
      Map<String, String> versions = Settled.versions(manifests);
      List<String> held = held();
      Manifests theirs = new Manifests(editor, hostile.name());

      for (HostileManifest attempt : HostileManifest.all()) {
        tried(attempt, theirs);
        assertThat(manifests.resourceVersions()).as(attempt.what()).isEqualTo(versions);
        assertThat(held()).as(attempt.what()).isEqualTo(held);
        assertNothingLeadsToIt(attempt.what());
        theirs.deleteAll();
        theirs.awaitGone();
      }
      assertThat(held()).isEqualTo(held);
    }
  }

  @Test
  void neitherAnnotationsNorOwnersNorFinalizersReachFurtherThanTheirObject() {
    manifests.applyText(Site.all("one"));
    try (KubernetesClient editor = Team.editor(hostile);
        KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = start(client)) {
      manifests.awaitAllReady();
      Map<String, String> versions = Settled.versions(manifests);
      List<String> held = held();
      Manifests theirs = new Manifests(editor, hostile.name());

      String ids =
          String.join(
              ",",
              held.stream().map(row -> row.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1")).toList());
      for (String annotation :
          List.of("quarantine", "restart-agents", "abandon", "confirm-account", "adopt")) {
        theirs.applyText(
            Site.sharing("b")
                .replace(
                    "{name: b}",
                    "{name: b, annotations: {%s%s: \"%s\"}, finalizers: [example.com/theirs]"
                            .formatted(MARK, annotation, annotation.equals("adopt") ? ids : "true")
                        + "}"));
        eventually(() -> assertThat(Manifests.conditions(theirs.clinic("b"))).isNotEmpty());
        theirs.deleteClinic("b");
        eventually(
            () ->
                assertThat(theirs.clinic("b").getMetadata().getFinalizers())
                    .containsExactly("example.com/theirs"));
        theirs.forceClinicAway("b");
        theirs.awaitClinicGone("b");
        assertThat(manifests.resourceVersions()).as(annotation).isEqualTo(versions);
        assertThat(held()).as(annotation).isEqualTo(held);
      }
      // An owner in another namespace does not count: a garbage collector may remove it at once.
      theirs.applyText(
          Site.clinicWithDomains("c", "[]")
              .replace(
                  "{name: c}",
                  "{name: c, ownerReferences: [{apiVersion: clinicnet.dev/v1alpha1, kind: Clinic,"
                      + " name: one, uid: "
                      + manifests.clinic("one").getMetadata().getUid()
                      + "}]}"));
      theirs.deleteAll();
      theirs.awaitGone();
      assertThat(manifests.resourceVersions()).isEqualTo(versions);
      assertThat(held()).isEqualTo(held);
    }
  }

  @Test
  void aSecretThatNamesAnothersCredentialGivesNoHoldOnIt() {
    manifests.applyText(Site.clinic("one"));
    try (KubernetesClient client = namespace.operatorClient();
        ClinicOperator operator = start(client)) {
      manifests.awaitAllReady();
      String unmarked =
          account
              .call(
                  "POST",
                  "/credentials",
                  "{\"description\": \"made by hand\", \"acl\": [\"bind:hand.example.com\"]}")
              .path("id")
              .asText();
      look(operator);
      List<String> held = held();
      String byHand = the("credentials", "id", unmarked).toString();
      Manifests theirs = new Manifests(hostile.admin(), hostile.name());
      for (String id :
          List.of(unmarked, manifests.clinic("one").getStatus().authtoken().credentialID())) {
        hostile
            .admin()
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName("b-site-kit")
                    .withNamespace(hostile.name())
                    .addToLabels(MARK + "site-kit", "true")
                    .addToAnnotations(MARK + "clinic", hostile.name() + "/b")
                    .addToAnnotations(MARK + "credential", id)
                    .endMetadata()
                    .addToStringData("authtoken", "2planted_notatoken")
                    .build())
            .serverSideApply();
        theirs.applyText(Site.clinicWithDomains("b", "[]"));
        theirs.awaitAllReady();
        assertThat(theirs.clinic("b").getStatus().authtoken().credentialID()).isNotEqualTo(id);
        theirs.deleteAll();
        theirs.awaitGone();
        theirs.deleteSecret("b-site-kit");
        assertThat(held()).as(id).isEqualTo(held);
        assertThat(the("credentials", "id", unmarked)).hasToString(byHand);
      }
    }
  }

  @Test
  void noStatusIsWrittenByAnEditor() {
    manifests.applyText(Site.clinic("one"));
    try (KubernetesClient editor = Team.editor(hostile)) {
      Manifests theirs = new Manifests(editor, hostile.name());
      theirs.applyText(Site.clinicWithDomains("b", "[]"));
      KubernetesClientException refusal =
          catchThrowableOfType(
              KubernetesClientException.class,
              () ->
                  editor
                      .resource(theirs.clinic("b"))
                      .subresource("status")
                      .patch(
                          PatchContext.of(PatchType.JSON_MERGE),
                          "{\"status\": {\"serviceUser\": {\"id\": \"service_x\"}}}"));
      assertThat(refusal).hasMessageContaining("clinics/status");
    }
  }

  private void tried(HostileManifest attempt, Manifests theirs) {
    String yaml = attempt.yaml().replace("%s", namespace.name());
    KubernetesClientException refusal =
        catchThrowableOfType(KubernetesClientException.class, () -> theirs.applyText(yaml));
    if (attempt.refused() != null) {
      assertThat(refusal).as(attempt.what()).isNotNull();
      assertThat(refusal).as(attempt.what()).hasMessageContaining(attempt.refused());
      return;
    }
    assertThat(refusal).as(attempt.what()).isNull();
    eventually(
        () ->
            assertThat(conditions(theirs))
                .as(attempt.what())
                .anyMatch(
                    condition ->
                        attempt.condition() == null
                            ? condition.type().equals("Ready")
                                && condition.status() == ConditionStatus.True
                            : condition.reason().equals(attempt.condition())));
  }

  private static List<Condition> conditions(Manifests theirs) {
    return Stream.concat(
            theirs.clinics().stream().flatMap(c -> Manifests.conditions(c).stream()),
            theirs.services().stream().flatMap(s -> Manifests.conditions(s).stream()))
        .toList();
  }

  /** No policy and no ACL of the other namespace names what this one holds. */
  private void assertNothingLeadsToIt(String attempt) {
    for (JsonNode row : account.all("endpoints")) {
      if (isTheirs(row)) {
        assertThat(row.path("traffic_policy").asText()).as(attempt).doesNotContain("one.internal");
        assertThat(row.path("url").asText()).as(attempt).doesNotContain("//one.");
      }
    }
    for (JsonNode row : account.all("credentials")) {
      if (isTheirs(row)) {
        assertThat(row.path("acl").toString())
            .as(attempt)
            .doesNotContain("\"bind:*.one.internal\"", "one.example.org", "\"bind:*\"");
      }
    }
  }

  private boolean isTheirs(JsonNode row) {
    return row.path("metadata").asText().contains("\"" + hostile.name() + "\"")
        || row.path("metadata").asText().contains(hostile.name() + "/");
  }

  /** The objects at ngrok of the namespace that is not hostile, or without an owner. */
  private List<String> held() {
    Map<String, String> rows = new TreeMap<>();
    for (String kind :
        List.of(
            "reserved_domains", "reserved_addrs", "service_users", "credentials", "endpoints")) {
      for (JsonNode row : account.all(kind)) {
        boolean user = row.path("name").asText().contains(hostile.name());
        if (!isTheirs(row) && !user) {
          rows.put(kind + " " + id(row), row.toString());
        }
      }
    }
    return List.copyOf(rows.values());
  }

  /** An operator of both namespaces: the client of an extension is for its own one. */
  private ClinicOperator start(KubernetesClient client) {
    return RunningOperator.on(client, namespace.name(), account.url()).and(hostile.name()).start();
  }
}
