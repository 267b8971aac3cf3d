package dev.clinicnet.operator.it.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OnDemandSite;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions open a service for a while, with requests that try whether it is open. */
@SuppressWarnings("try") // An operator only has to run.
class SessionIT extends InOneNamespace {
  private static final String LONG = "10m";
  private static final Duration AFTER_LONG = Duration.ofMinutes(11);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private OnDemandSite site;

  @BeforeEach
  void openSite() {
    site = new OnDemandSite(account, manifests, "one");
  }

  @AfterEach
  void closeSite() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void aTechnicianWithNothingElseOpensItUsesItAndItExpires(AgentKind kind) {
    account.play(kind);
    try (ClinicOperator operator = converged();
        KubernetesClient technician = technician()) {
      assertThat(site.isPublished()).isFalse();

      String name =
          technician
              .resource(generated("15s"))
              .inNamespace(namespace.name())
              .create()
              .getMetadata()
              .getName();

      manifests.awaitSession(name, SessionPhase.Open);
      assertThat(manifests.session(name).getStatus().publicURL()).isEqualTo(site.url());
      assertThat(site.ask()).isEqualTo("200");
      assertThat(
              technician
                  .resources(ClinicSession.class)
                  .inNamespace(namespace.name())
                  .list()
                  .getItems())
          .hasSize(1);
      assertThatThrownBy(
              () ->
                  technician.secrets().inNamespace(namespace.name()).withName("one-site-kit").get())
          .hasMessageContaining("forbidden");
      assertThatThrownBy(
              () -> technician.resources(ClinicSession.class).inNamespace("default").list())
          .hasMessageContaining("forbidden");
      assertThatThrownBy(() -> technician.resource(manifests.clinic("one")).get())
          .hasMessageContaining("forbidden");

      manifests.awaitSession(name, SessionPhase.Closed);
      assertThat(site.isPublished()).isFalse();
      assertThat(manifests.sessionSays(name, ConditionType.Open)).startsWith("False Expired");
      assertThat(manifests.sessionSays(name, ConditionType.Ready)).startsWith("True SessionClosed");
      manifests.awaitService(site.service(), ConditionType.Programmed, "NoOpenSession");
      eventually(
          () -> {
            assertThat(manifests.events()).extracting("reason").contains("Opened", "Expired");
            assertThat(operator.metrics())
                .contains("operator_audit_events_total{event=\"session-opened\"} 1")
                .contains("operator_audit_events_total{event=\"session-closed\"} 1");
          });
    }
  }

  @Test
  void theEdgeEndsItThoughNobodyWorks() {
    Instant end;
    try (ClinicOperator operator = converged()) {
      manifests.applyText(site.session("s1", "8s"));
      manifests.awaitSession("s1", SessionPhase.Open);
      assertThat(site.ask()).isEqualTo("200");
      end = Instant.parse(manifests.session("s1").getStatus().expiresAt());
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> !Instant.now().isBefore(end));
    assertThat(site.isPublished()).isTrue();
    assertThat(site.ask()).isEqualTo("403");
  }

  @Test
  void whatIsOverdueIsClosedBeforeAnythingIsListed() {
    try (ClinicOperator operator = converged()) {
      manifests.applyText(site.session("s1", LONG));
      manifests.awaitSession("s1", SessionPhase.Open);
    }
    account.refuse("GET", "/endpoints", 500, "ERR_NGROK_10000");
    account.forgetRequests();

    try (ClinicOperator late =
        watchfulOperator().startAt(Clock.offset(Clock.systemUTC(), AFTER_LONG))) {
      await().atMost(TEN_SECONDS).until(() -> !site.isPublished());
      assertThat(account.writes()).isEqualTo(Map.of("DELETE /endpoints/{id}", 1));
      manifests.awaitSession("s1", SessionPhase.Closed);
    }
  }

  @ParameterizedTest
  @EnumSource(AgentKind.class)
  void twoSessionsCannotCloseEachOther(AgentKind kind) {
    account.play(kind);
    try (ClinicOperator operator = converged()) {
      manifests.applyText(site.session("long", LONG));
      manifests.awaitSession("long", SessionPhase.Open);
      manifests.applyText(site.session("short", "4s"));
      manifests.awaitSession("short", SessionPhase.Open);
      account.forgetRequests();

      manifests.awaitSession("short", SessionPhase.Closed);
      assertThat(site.ask()).isEqualTo("200");
      assertThat(account.writes()).as("the end is that of the longer one").isEmpty();

      manifests.applyText(site.session("longer", "20m"));
      manifests.awaitSession("longer", SessionPhase.Open);
      manifests.deleteSession("longer");
      eventually(() -> assertThat(manifests.session("longer")).isNull());
      assertThat(site.ask()).isEqualTo("200");
      assertThat(openUntil()).isEqualTo(manifests.session("long").getStatus().expiresAt());

      manifests.deleteSession("long");
      eventually(() -> assertThat(manifests.session("long")).isNull());
      assertThat(site.isPublished()).as("gone before the session was").isFalse();
    }
  }

  @Test
  void aChangeOfThePolicyOrTheUpstreamLeavesItOpenAndItsEndAsItIs() {
    try (ClinicOperator operator = converged()) {
      manifests.applyText(site.session("s1", LONG));
      manifests.awaitSession("s1", SessionPhase.Open);
      String end = manifests.session("s1").getStatus().expiresAt();

      manifests.applyText(site.dashboard("access: {denyCIDRs: [203.0.113.0/24]}"));
      eventually(() -> assertThat(site.ask()).isEqualTo("handshake failed"));
      assertThat(policy()).contains(end).contains("203.0.113.0/24");
      manifests.applyText(site.dashboard("access: {allowCIDRs: [203.0.113.0/24]}"));
      eventually(() -> assertThat(site.ask()).isEqualTo("200"));
      assertThat(policy()).contains(end);

      manifests.applyText(site.dashboard().replace("3001", "3002"));
      manifests.awaitClinic("one", ConditionType.SiteKitCurrent, "SiteKitOutdated");
      assertThat(manifests.session("s1").getStatus().phase()).isEqualTo(SessionPhase.Open);
      assertThat(policy()).contains(end);
    }
  }

  @Test
  void theDeletionOfTheServiceClosesIt() {
    try (ClinicOperator operator = converged()) {
      manifests.applyText(site.session("s1", LONG));
      manifests.awaitSession("s1", SessionPhase.Open);

      manifests.deleteService(site.service());

      manifests.awaitSession("s1", SessionPhase.Closed);
      assertThat(site.isPublished()).isFalse();
      assertThat(manifests.sessionSays("s1", ConditionType.Open)).startsWith("False ServiceGone");
    }
  }

  @Test
  void theDeletionOfTheClinicClosesIt() {
    try (ClinicOperator operator = converged()) {
      manifests.applyText(site.session("s1", LONG));
      manifests.awaitSession("s1", SessionPhase.Open);

      manifests.deleteClinic("one");

      manifests.awaitSession("s1", SessionPhase.Closed);
      assertThat(site.isPublished()).isFalse();
      assertThat(manifests.sessionSays("s1", ConditionType.Open))
          .startsWith("False ClinicDeleting");
    }
  }

  @Test
  void neitherSuspensionNorABrokenReferenceHoldsClosingBack() {
    try (ClinicOperator operator = converged()) {
      manifests.applyText(site.session("s1", "10s"));
      manifests.awaitSession("s1", SessionPhase.Open);

      manifests.applyText(site.clinic("suspend: true"));
      manifests.applyText(
          site.dashboard(
              "access: {mutualTLS: {caBundles: [{configMapKeyRef: {name: none, key: ca}}]}}"));
      manifests.awaitService(site.service(), ConditionType.ResolvedRefs, "ReferenceNotFound");

      manifests.awaitSession("s1", SessionPhase.Closed);
      assertThat(site.isPublished()).isFalse();
      manifests.applyText(site.session("s2", LONG));
      manifests.awaitSession("s2", SessionPhase.Pending);
      assertThat(site.isPublished()).isFalse();
    }
  }

  private ClinicOperator converged() {
    manifests.applyText(site.clinic() + "---\n" + site.dashboard());
    ClinicOperator operator = watchfulOperator().start();
    manifests.awaitAllReady();
    site.connectAgent();
    manifests.awaitService(site.service(), ConditionType.AgentOnline, "EndpointBound");
    return operator;
  }

  private String openUntil() {
    return manifests.service(site.service()).getStatus().onDemand().openUntil();
  }

  private String policy() {
    return the("endpoints", "url", site.url()).path("traffic_policy").asText();
  }

  private ClinicSession generated(String duration) {
    ClinicSession session =
        new KubernetesSerialization().unmarshal(site.session("s", duration), ClinicSession.class);
    session.getMetadata().setName(null);
    session.getMetadata().setGenerateName("dashboard-");
    return session;
  }

  /** A user with rights on one kind in one namespace. */
  private KubernetesClient technician() {
    String user = "system:serviceaccount:" + namespace.name() + ":technician";
    namespace
        .kubernetes()
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: technician, namespace: %1$s}
            rules:
              - apiGroups: [clinicnet.dev]
                resources: [clinicsessions]
                verbs: [create, get, list, watch, delete]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: technician, namespace: %1$s}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: technician}
            subjects: [{kind: ServiceAccount, name: technician, namespace: %1$s}]
            """
                .formatted(namespace.name()));
    return namespace.kubernetes().clientAs(user);
  }
}
