package dev.clinicnet.operator.it.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.testkit.AppliedGrants;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.OwnKubernetes;
import dev.clinicnet.testkit.RunningOperator;
import dev.clinicnet.testkit.Settled;
import dev.clinicnet.testkit.Site;
import dev.clinicnet.testkit.Team;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two teams with grants and a third without, each an editor of its own namespace. */
@SuppressWarnings("try") // An operator only has to run.
@OwnKubernetes
class GrantsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final FreshNamespace lakeside = FreshNamespace.withoutControllers();
  @RegisterExtension final FreshNamespace hillside = FreshNamespace.withoutControllers();
  @RegisterExtension final FreshNamespace strangers = FreshNamespace.withoutControllers();
  @RegisterExtension final AppliedGrants grants = new AppliedGrants();

  private dev.clinicnet.testkit.NgrokAccount ngrok;
  private KubernetesClient client;
  private Manifests a;
  private Manifests b;
  private Manifests c;

  @BeforeEach
  void open() {
    ngrok = dev.clinicnet.testkit.NgrokAccount.open();
    client = lakeside.operatorClient();
    a = editorOf(lakeside);
    b = editorOf(hillside);
    c = editorOf(strangers);
  }

  @AfterEach
  void close() {
    client.close();
    ngrok.close();
  }

  @Test
  void eachTeamReachesItsOwn() {
    label(hillside, "team", "hillside");
    grants.apply(
        """
        - name: lakeside
          namespaces: {names: [%s]}
          sharedDomains: ['*.api.example.com']
          sharedHosts: ['{namespace}.api.example.com']
          domains: ['lake-*.example.org']
          internalDomains: ['*.{namespace}.internal']
          addresses: {reserve: true}
        - name: hillside
          namespaces: {matchLabels: {team: hillside}}
          sharedDomains: ['*.api.example.com']
          sharedHosts: ['{namespace}.api.example.com']
          internalDomains: ['*.{namespace}.internal']
        """
            .formatted(lakeside.name()));
    try (ClinicOperator operator = start()) {
      a.applyText(clinic("one", lakeside, "[" + SHARED + ", {name: lake-1.example.org}]"));
      a.applyText(Site.https("api", "one", lakeside.name() + ".api.example.com"));
      a.applyText(Site.https("web", "one", "lake-1.example.org"));
      a.applyText(Site.db("one"));
      b.applyText(clinic("one", hillside, "[" + SHARED + "]"));
      b.applyText(Site.https("api", "one", hillside.name() + ".api.example.com"));
      a.awaitAllReady();
      b.awaitAllReady();
      List<String> held = ngrok.names("endpoints", "url");

      b.applyText(Site.https("login", "one", "login.api.example.com"));
      b.applyText(Site.https("theirs", "one", lakeside.name() + ".api.example.com"));
      b.applyText(Site.db("one"));
      b.applyText(clinic("two", hillside, "[{name: lake-2.example.org}]"));
      b.applyText(clinic("three", lakeside, "[]"));
      c.applyText(clinic("one", strangers, "[]"));

      refusesService(b, "login", "spec.expose.https.host login.api.example.com", "sharedHosts");
      refusesService(b, "theirs", "spec.expose.https.host", "sharedHosts");
      refusesService(b, "one-db", "spec.expose.tcp", "addresses.reserve");
      refusesClinic(b, "two", "spec.domains lake-2.example.org", "domains");
      refusesClinic(b, "three", "spec.internalDomain three." + lakeside.name(), "internalDomains");
      refusesClinic(c, "one", "spec.internalDomain", "internalDomains");
      assertThat(b.serviceSays("theirs", ConditionType.Accepted))
          .as("the word of one team's things is not told to another")
          .doesNotContain("Clinic", "held by");
      assertThat(ngrok.names("endpoints", "url")).containsExactlyInAnyOrderElementsOf(held);
      eventually(
          () -> {
            NgrokAccountStatus status = grants.accounts().get(0).getStatus();
            assertThat(status.grants()).hasSize(2);
            assertThat(status.total().clinics()).isEqualTo(4);
            assertThat(status.grants().get(0).services()).isEqualTo(3);
          });
    }
  }

  @Test
  void nobodyKeepsANameFromOthersThatHeWasNotGranted() {
    c.applyText(Site.clinicWithDomains("squatter", "[]", "internalDomain: one.internal"));
    grants.apply(
        """
        - name: lakeside
          namespaces: {names: [%s]}
          internalDomains: ['*.internal']
        """
            .formatted(lakeside.name()));
    try (ClinicOperator operator = start()) {
      a.applyText(Site.clinicWithDomains("one", "[]"));

      a.awaitAllReady();
      c.awaitClinic("squatter", ConditionType.Accepted, Reason.NotGranted.name());
    }
  }

  @Test
  void aGrantThatShrinksStallsAndCutsNothingOff() {
    a.applyText(clinic("one", lakeside, "[" + SHARED + "]"));
    a.applyText(Site.https("api", "one", "one.api.example.com"));
    try (ClinicOperator operator = start()) {
      a.awaitAllReady();
      String before = ngrok.state();

      grants.apply(grants("'{namespace}.api.example.com'", ""));
      refusesService(a, "api", "spec.expose.https.host one.api.example.com", "sharedHosts");
      assertThat(Conditions.isTrue(Manifests.conditions(a.service("api")), ConditionType.Stalled))
          .isTrue();
      assertThat(a.service("api").getStatus().publicURL()).isNotNull();
      assertThat(ngrok.state()).isEqualTo(before);

      grants.apply("Close", grants("'{namespace}.api.example.com'", ""));
      eventually(() -> assertThat(ngrok.all("endpoints")).isEmpty());
      assertThat(ngrok.all("reserved_domains")).hasSize(1);
      assertThat(ngrok.all("credentials")).hasSize(1);

      grants.apply("Close", grants("'*.api.example.com'", ""));
      a.awaitAllReady();
      assertThat(ngrok.all("endpoints")).hasSize(1);

      grants.withdraw();
      c.applyText(Site.clinicWithDomains("free", "[]"));
      c.awaitAllReady();
    }
  }

  @Test
  void theYoungestAreTooManyUntilThereIsRoom() {
    grants.apply(grants("'**'", "maxClinics: 1, maxServices: 1"));
    try (ClinicOperator operator = start()) {
      a.applyText(clinic("b-first", lakeside, "[" + SHARED + "]"));
      a.awaitClinic("b-first", ConditionType.Accepted, "Accepted");
      Settled.awaitNextSecond();
      a.applyText(clinic("a-second", lakeside, "[]"));
      a.applyText(Site.https("y-first", "b-first", "one.api.example.com"));
      a.awaitService("y-first", ConditionType.Accepted, "Accepted");
      Settled.awaitNextSecond();
      a.applyText(Site.https("x-second", "b-first", "two.api.example.com"));

      a.awaitClinic("a-second", ConditionType.Accepted, "NotGranted");
      a.awaitService("x-second", ConditionType.Accepted, "NotGranted");
      assertThat(a.clinicSays("a-second", ConditionType.Accepted))
          .contains("may have 1 Clinics", "maxClinics", "NgrokAccount default");

      a.deleteService("y-first");
      a.awaitService("x-second", ConditionType.Accepted, "Accepted");
      a.deleteService("x-second");
      a.deleteClinic("b-first");
      a.awaitClinic("a-second", ConditionType.Accepted, "Accepted");
    }
  }

  @Test
  void aLabelThatIsTakenAwayTakesTheGrant() {
    label(lakeside, "team", "lakeside");
    grants.apply(
        """
        - name: lakeside
          namespaces: {matchLabels: {team: lakeside}}
          internalDomains: ['*.internal']
        """);
    a.applyText(Site.clinicWithDomains("one", "[]"));
    try (ClinicOperator operator = start()) {
      a.awaitAllReady();

      label(lakeside, "team", "other");
      refusesClinic(a, "one", "spec.internalDomain one.internal", "internalDomains");

      label(lakeside, "team", "lakeside");
      a.awaitAllReady();
    }
  }

  @Test
  void onlyTheAccountOfThatNameIsUsed() {
    grants.apply("second", "Retain", grants("'**'", ""));
    c.applyText(Site.clinicWithDomains("free", "[]"));
    try (ClinicOperator operator = start()) {
      c.awaitAllReady();
      eventually(
          () ->
              assertThat(grants.accounts().get(0).getStatus().conditions())
                  .anyMatch(said -> said.reason().equals("AccountNotUsed")));
    }
  }

  @Test
  void whatIsWrongWithTheAccountAtNgrokIsAWarning() {
    grants.apply(grants("'**'", ""));
    ngrok.call("POST", "/_simulator/account", "{\"traffic_full_capture\": true}");
    try (ClinicOperator operator = start()) {
      eventually(
          () ->
              assertThat(grants.accounts().get(0).getStatus().conditions())
                  .anyMatch(said -> said.message().contains("Warning: ngrok keeps headers")));
    }
  }

  @Test
  void anEditorReachesNoAccount() {
    grants.apply(grants("'**'", ""));
    try (KubernetesClient editor = Team.editor(lakeside)) {
      assertThatThrownBy(() -> editor.resources(NgrokAccount.class).list())
          .hasMessageContaining("forbidden");
      assertThatThrownBy(
              () -> editor.resources(NgrokAccount.class).withName(NgrokAccount.DEFAULT).delete())
          .hasMessageContaining("forbidden");
    }
  }

  @Test
  void theExampleIsAccepted() {
    assertThat(
            lakeside
                .kubernetes()
                .kubectl(
                    "apply",
                    "--server-side",
                    "--validate=strict",
                    "-f",
                    "deploy/grants/ngrokaccount.yaml"))
        .endsWith("serverside-applied\n");
  }

  @Test
  void aPatternThatWouldReachAnotherNamespaceIsRefusedWhenItIsApplied() {
    assertThatThrownBy(() -> grants.apply(grants("'{namespace}-*.api.example.com'", "")))
        .hasMessageContaining("not both in one label");
    assertThatThrownBy(
            () -> grants.apply("- {name: nobody, namespaces: {}, internalDomains: ['**']}"))
        .hasMessageContaining("must select something");
  }

  private static final String SHARED = "{name: '*.api.example.com', shared: true}";

  private String grants(String sharedHosts, String limits) {
    return """
        - name: all
          namespaces: {names: [%s]}
          domains: ['**']
          sharedHosts: [%s]
          internalDomains: ['**']
          %s
        """
        .formatted(lakeside.name(), sharedHosts, limits.replace(", ", "\n  "));
  }

  private static String clinic(String name, FreshNamespace in, String domains) {
    return Site.clinicWithDomains(
        name, domains, "internalDomain: " + name + "." + in.name() + ".internal");
  }

  private static void refusesClinic(Manifests team, String name, String what, String field) {
    team.awaitClinic(name, ConditionType.Accepted, Reason.NotGranted.name());
    assertRefusal(team.clinicSays(name, ConditionType.Accepted), what, field);
  }

  private static void refusesService(Manifests team, String name, String what, String field) {
    team.awaitService(name, ConditionType.Accepted, Reason.NotGranted.name());
    assertRefusal(team.serviceSays(name, ConditionType.Accepted), what, field);
  }

  private static void assertRefusal(String said, String what, String field) {
    assertThat(said)
        .contains(what, "spec.grants[]." + field, "NgrokAccount default", "administrator");
  }

  private static void label(FreshNamespace namespace, String key, String value) {
    namespace
        .admin()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace.name())
                .withLabels(Map.of(key, value))
                .endMetadata()
                .build())
        .serverSideApply();
  }

  private static Manifests editorOf(FreshNamespace namespace) {
    return new Manifests(Team.editor(namespace), namespace.name());
  }

  private ClinicOperator start() {
    return RunningOperator.on(client, lakeside.name(), ngrok.url())
        .and(hillside.name(), strangers.name())
        .start();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }
}
