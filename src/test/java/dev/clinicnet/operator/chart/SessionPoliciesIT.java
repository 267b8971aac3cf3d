package dev.clinicnet.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.testkit.SinceKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API server knows who asked for a session, and no user can change that. */
class SessionPoliciesIT {
  private static final String SITE = "policies";
  private static final String ANN = InstalledRelease.user("ann", SITE);
  private static final String EVE = InstalledRelease.user("eve", SITE);
  private static final Map<String, String> SAYS_ANN = Map.of(Annotations.REQUESTED_BY, ANN);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static KubernetesClient ann;
  private static KubernetesClient eve;

  @BeforeAll
  static void install() {
    InstalledRelease.makeNamespace(InstalledRelease.NAME);
    InstalledRelease.makeNamespace(SITE);
    InstalledRelease.install();
    ann = InstalledRelease.clientAs("ann", "clinicnet-session-user", SITE);
    eve = InstalledRelease.clientAs("eve", "clinicnet-editor", SITE);
    awaitPolicies();
  }

  @AfterAll
  static void uninstall() {
    InstalledRelease.uninstall();
  }

  @AfterEach
  void removeSessions() {
    InstalledRelease.removeManifests(SITE);
  }

  @Test
  @SinceKubernetes(value = "1.36", has = "MutatingAdmissionPolicy")
  void whoCreatesASessionIsWrittenDown() {
    assertThat(requester(create(ann, Map.of()))).isEqualTo(ANN);
    assertThat(requester(create(ann, Map.of("example.com/other", "kept")))).isEqualTo(ANN);
  }

  @Test
  @SinceKubernetes(value = "1.36", has = "MutatingAdmissionPolicy")
  void whatAClientClaimsIsOverwritten() {
    ClinicSession session =
        create(eve, Map.of(Annotations.REQUESTED_BY, ANN, "example.com/other", "kept"));

    assertThat(session.getMetadata().getAnnotations())
        .containsEntry(Annotations.REQUESTED_BY, EVE)
        .containsEntry("example.com/other", "kept");
  }

  @Test
  void nobodyChangesItLater() {
    Resource<ClinicSession> session = eve.resource(create(ann, SAYS_ANN));

    assertThatThrownBy(() -> annotate(session, "\"" + EVE + "\""))
        .hasMessageContaining("never changes: create another session");
    assertThatThrownBy(() -> annotate(session, "null"))
        .hasMessageContaining("never changes: create another session");
    assertThatThrownBy(
            () ->
                session.patch(
                    PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"annotations\":null}}"))
        .hasMessageContaining("never changes");
    assertThat(requester(session.get())).isEqualTo(ANN);
  }

  @Test
  void anAdministratorDoesNotChangeItThroughTheStatusEither() {
    Resource<ClinicSession> session = InstalledRelease.admin().resource(create(ann, SAYS_ANN));

    session
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"eve\"}},\"status\":{\"openedBy\":\"x\"}}"
                .formatted(Annotations.REQUESTED_BY));

    assertThat(session.get().getStatus().openedBy()).isEqualTo("x");
    assertThat(requester(session.get())).isEqualTo(ANN);
  }

  @Test
  void everythingElseCanBeChanged() {
    Resource<ClinicSession> session = eve.resource(create(ann, SAYS_ANN));

    session.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"metadata\":{\"labels\":{\"a\":\"b\"},\"annotations\":{\"c\":\"d\"}}}");

    assertThat(session.get().getMetadata().getLabels()).containsEntry("a", "b");
    assertThat(requester(session.get())).isEqualTo(ANN);
  }

  @Test
  void aTechnicianUsesSessionsAndNothingElse() {
    ClinicSession session = create(ann, SAYS_ANN);

    assertThat(ann.resources(ClinicSession.class).inNamespace(SITE).list().getItems()).hasSize(1);
    assertThatThrownBy(
            () ->
                ann.resource(session)
                    .patch(
                        PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":null}}"))
        .hasMessageContaining("forbidden");
    assertThatThrownBy(() -> ann.secrets().inNamespace(SITE).list())
        .hasMessageContaining("forbidden");
    assertThatThrownBy(() -> ann.resources(ClinicSession.class).inNamespace("default").list())
        .hasMessageContaining("forbidden");
    ann.resource(session).delete();
    assertThat(ann.resource(session).get()).isNull();
  }

  /** The state before Kubernetes 1.36, which has no MutatingAdmissionPolicy v1. */
  @Test
  void whereNothingIsWrittenDownAClientSaysTheTruthOrNothing() {
    GenericKubernetesResource before = mutatingBinding().get();
    mutatingBinding().delete();
    try {
      await().atMost(PATIENCE).until(() -> requester(create(ann, Map.of())) == null);

      assertThatThrownBy(() -> create(eve, Map.of(Annotations.REQUESTED_BY, ANN)))
          .hasMessageContaining("clinicnet.dev/requested-by must be " + EVE)
          .hasMessageContaining("leave it out");
      assertThat(requester(create(eve, Map.of(Annotations.REQUESTED_BY, EVE)))).isEqualTo(EVE);
      Resource<ClinicSession> silent = eve.resource(create(ann, Map.of()));
      assertThatThrownBy(() -> annotate(silent, "\"" + EVE + "\""))
          .hasMessageContaining("never changes");
    } finally {
      if (before != null) {
        before.getMetadata().setResourceVersion(null);
        before.getMetadata().setUid(null);
        InstalledRelease.admin().resource(before).create();
      }
      awaitPolicies();
    }
  }

  /** The API server takes a moment to obey new policies. */
  private static void awaitPolicies() {
    boolean writesDown = mutatingBinding().get() != null;
    await().atMost(PATIENCE).until(() -> !writesDown || requester(create(ann, Map.of())) != null);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              try {
                annotate(eve.resource(create(ann, Map.of())), "\"x\"");
                return false;
              } catch (KubernetesClientException e) {
                return e.getMessage().contains("never changes");
              }
            });
  }

  private static Resource<GenericKubernetesResource> mutatingBinding() {
    return InstalledRelease.admin()
        .genericKubernetesResources(
            "admissionregistration.k8s.io/v1", "MutatingAdmissionPolicyBinding")
        .withName("clinic-operator-sessions");
  }

  private static ClinicSession create(KubernetesClient client, Map<String, String> annotations) {
    ClinicSession session =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: clinicnet.dev/v1alpha1
                kind: ClinicSession
                metadata: {generateName: s-}
                spec: {serviceRef: {name: dashboard}}
                """,
                ClinicSession.class);
    session.getMetadata().setAnnotations(annotations);
    return client.resource(session).inNamespace(SITE).create();
  }

  private static void annotate(Resource<ClinicSession> session, String value) {
    session.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"metadata\":{\"annotations\":{\"%s\":%s}}}".formatted(Annotations.REQUESTED_BY, value));
  }

  private static String requester(ClinicSession session) {
    Map<String, String> annotations = session.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Annotations.REQUESTED_BY);
  }
}
