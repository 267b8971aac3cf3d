package dev.clinicnet.operator.it.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.StartChecks;
import dev.clinicnet.operator.controller.StartFailure;
import dev.clinicnet.operator.fleetpage.FleetPageOptions;
import dev.clinicnet.operator.fleetpage.Runbooks;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.ResignedToken;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Site;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The fleet page of a running operator, with the reviews of a real API server. */
@ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
class FleetPageIT extends InOneNamespace {
  private static final Path COMPONENT = Path.of("deploy/components/fleet-page");
  private static final String SECRET = "the-secret-of-the-proxy";

  /** Another namespace, with a clinic of its own. */
  @RegisterExtension final FreshNamespace other = FreshNamespace.withoutControllers();

  private final HttpClient client = HttpClient.newHttpClient();

  /** The ClusterRole of the component, and the rule that it adds to the operator's own role. */
  @BeforeEach
  void grantTheComponentsRights() throws IOException {
    namespace.kubernetes().apply(COMPONENT.resolve("clusterrole.yaml"));
    namespace.kubernetes().apply(COMPONENT.resolve("clusterrolebinding.yaml"));
    JsonNode rule =
        new YAMLMapper()
            .readTree(Files.readString(COMPONENT.resolve("rule.yaml")))
            .get(0)
            .path("value");
    PolicyRule events = new YAMLMapper().convertValue(rule, PolicyRule.class);
    for (FreshNamespace place : Set.of(namespace, other)) {
      bindRole(place, "fleet-page", events, "ServiceAccount", "clinic-operator", "clinic-operator");
    }
    manifests.applyText(Site.clinic("clinic1", "displayName: Lakeside"));
    new Manifests(other.admin(), other.name())
        .applyText(Site.clinic("clinic2", "displayName: Riverside"));
  }

  @Test
  void theComponentGrantsWhatTheStartDemands() {
    StartChecks checks = new StartChecks(namespace.operator());

    assertThatCode(() -> checks.requireFleetPage(Set.of(namespace.name()), true))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> checks.requireFleetPage(Set.of(), true))
        .hasMessageContaining("list events")
        .hasMessageContaining("deploy/components/fleet-page");
  }

  @Test
  void everybodySeesWhatKubernetesWouldList() throws Exception {
    String both = token("both");
    String one = token("one");
    String none = token("none");
    bindViewer(namespace, "both");
    bindViewer(other, "both");
    bindViewer(namespace, "one");
    bindEvents("both");
    String revoked = token("revoked");
    bindViewer(namespace, "revoked");
    namespace.admin().serviceAccounts().withName("revoked").delete();

    Instant now = Instant.now();
    String expired = ResignedToken.of(both, now.minusSeconds(60));
    String extended = ResignedToken.of(both, now.plusSeconds(3600));

    try (LogCapture log = LogCapture.begin();
        ClinicOperator operator = start(Optional.empty())) {
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "NeverConnected");

      HttpResponse<String> list = get(operator, "/", bearer(both));
      assertThat(list.statusCode()).isEqualTo(200);
      assertThat(list.body()).contains("Lakeside", "Riverside", "2 namespaces", "NeverConnected");
      assertThat(get(operator, "/", basic(both)).body()).isNotEmpty().contains("Lakeside");
      eventually(
          () ->
              assertThat(get(operator, page(namespace, "clinic1"), bearer(both)).body())
                  .contains("Install the site kit", "clinic1.internal", "<h2>Events</h2><table>"));

      assertThat(get(operator, "/", bearer(extended)).statusCode())
          .as("the key of the other tokens is the right one")
          .isEqualTo(200);

      HttpResponse<String> narrow = get(operator, "/", bearer(one));
      assertThat(narrow.body())
          .contains("Lakeside", "the namespace " + namespace.name())
          .doesNotContain("Riverside", other.name());
      assertThat(get(operator, page(other, "clinic2"), bearer(one)).statusCode()).isEqualTo(404);
      assertThat(get(operator, page(namespace, "clinic1"), bearer(one)).body())
          .contains("You may not list Events in this namespace.");

      HttpResponse<String> refused = get(operator, "/", bearer(none));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertNothingOfTheFleet(refused);
      for (String credentials :
          new String[] {null, bearer("not-a-token"), bearer(revoked), bearer(expired), basic("")}) {
        HttpResponse<String> stranger = get(operator, page(namespace, "clinic1"), credentials);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertNothingOfTheFleet(stranger);
      }
      assertThat(log.text()).doesNotContain(both, one, none, revoked);
    }
  }

  @Test
  void aProxyNamesTheViewerAndKubernetesStillDecides() throws Exception {
    bind(namespace, "amara", "User", null, "amara@example.com", "clinicnet-viewer");
    bind(other, "oncall", "Group", null, "oncall", "clinicnet-viewer");
    try (ClinicOperator operator = start(Optional.of(SECRET))) {
      manifests.awaitClinic("clinic1", ConditionType.AgentOnline, "NeverConnected");

      assertThat(proxied(operator, SECRET, "amara@example.com", "sales").body())
          .contains("Lakeside")
          .doesNotContain("Riverside");
      assertThat(proxied(operator, SECRET, "amara@example.com", "sales,oncall").body())
          .contains("Lakeside", "Riverside");
      assertThat(proxied(operator, SECRET, "nobody@example.com", "system:masters").statusCode())
          .as("a group of Kubernetes itself does not count")
          .isEqualTo(403);
      assertThat(proxied(operator, SECRET, "system:admin", "oncall").statusCode()).isEqualTo(401);
      HttpResponse<String> forged = proxied(operator, "guessed", "amara@example.com", "oncall");
      assertThat(forged.statusCode()).isEqualTo(401);
      assertNothingOfTheFleet(forged);
      assertThat(get(operator, "/", bearer(token("both"))).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aPortThatIsTakenEndsTheStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();
      RunningOperator running =
          operator().withFleetPage(new FleetPageOptions(port, Optional.empty(), Runbooks.NONE));

      assertThatThrownBy(running::start)
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("--fleet-page-port " + port + " cannot be served")
          .hasMessageContaining("fleetPage.port in the chart's values");
    }
  }

  private ClinicOperator start(Optional<String> proxySecret) {
    return operator()
        .and(other.name())
        .withFleetPage(
            new FleetPageOptions(
                0, proxySecret.map(secret -> () -> Optional.of(secret)), Runbooks.NONE))
        .start();
  }

  private String token(String account) {
    namespace.kubernetes().kubectl("create", "serviceaccount", account, "-n", namespace.name());
    return namespace.kubernetes().token(namespace.name(), account);
  }

  private void bindViewer(FreshNamespace place, String account) {
    bind(place, account, "ServiceAccount", namespace.name(), account, "clinicnet-viewer");
  }

  private void bindEvents(String account) {
    PolicyRule events =
        new PolicyRuleBuilder().withApiGroups("").withResources("events").withVerbs("list").build();
    bindRole(
        namespace, "events-of-" + account, events, "ServiceAccount", namespace.name(), account);
  }

  private void bindRole(
      FreshNamespace place, String role, PolicyRule rule, String kind, String home, String name) {
    place
        .kubernetes()
        .apply(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(place.name())
                .withName(role)
                .endMetadata()
                .withRules(rule)
                .build());
    bindTo(place, role, kind, home, name, "Role", role);
  }

  private void bind(
      FreshNamespace place, String as, String kind, String home, String name, String clusterRole) {
    bindTo(place, "viewer-" + as, kind, home, name, "ClusterRole", clusterRole);
  }

  private static void bindTo(
      FreshNamespace place,
      String binding,
      String kind,
      String home,
      String name,
      String roleKind,
      String role) {
    String group = kind.equals("ServiceAccount") ? null : "rbac.authorization.k8s.io";
    place
        .kubernetes()
        .apply(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(place.name())
                .withName(binding)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", roleKind, role)
                .addNewSubject(group, kind, name, home)
                .build());
  }

  private void assertNothingOfTheFleet(HttpResponse<String> answer) {
    assertThat(answer.body())
        .doesNotContain("clinic1", "Lakeside", "Riverside", namespace.name() + "/", other.name());
  }

  private static String page(FreshNamespace place, String clinic) {
    return "/clinics/" + place.name() + "/" + clinic;
  }

  private static String bearer(String token) {
    return "Bearer " + token;
  }

  private static String basic(String token) {
    return "Basic "
        + Base64.getEncoder().encodeToString(("me:" + token).getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> get(ClinicOperator operator, String path, String credentials) {
    HttpRequest.Builder request = request(operator, path);
    if (credentials != null) {
      request.header("Authorization", credentials);
    }
    return send(request);
  }

  private HttpResponse<String> proxied(
      ClinicOperator operator, String secret, String user, String groups) {
    return send(
        request(operator, "/")
            .header("X-Fleet-Page-Secret", secret)
            .header("X-Forwarded-User", user)
            .header("X-Forwarded-Groups", groups));
  }

  private static HttpRequest.Builder request(ClinicOperator operator, String path) {
    int port = operator.fleetPagePort().orElseThrow();
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
