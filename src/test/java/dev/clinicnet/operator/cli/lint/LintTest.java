package dev.clinicnet.operator.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems between objects, with the messages of the operator. */
class LintTest {
  private static final String CLINIC1 =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: clinic1}
      spec:
        domains:
        - {name: "*.api.clinicnet.com", shared: true}
        - name: dashboard.clinic1.com
      ---
      """;

  @Test
  void aSoundSetHasNoProblem() {
    assertThat(lint(CLINIC1 + service("rest-api", "clinic1", "a.api.clinicnet.com"))).isEmpty();
  }

  @Test
  void anHttpInternalURLIsAWarning() {
    String service =
        service("rest-api", "clinic1", "a.api.clinicnet.com")
            .replace("spec:\n", "spec:\n  internalURL: http://rest-api.clinic1.internal\n");

    assertThat(lint(CLINIC1 + service))
        .singleElement()
        .asString()
        .startsWith("WARNING")
        .contains("spec.internalURL has the scheme http", "HIPAA mode: write https");
  }

  @Test
  void thePasswordOfASitesProxyMayBeInTheClusterAndMustBeUsable() {
    String clinic =
        CLINIC1.replace(
            "spec:\n",
            """
            spec:
              agent:
                proxyURL: http://clinic1@proxy.clinic1.lan:3128
                proxyPasswordSecretRef: {name: site-proxy, key: password}
            """);
    String secret =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: site-proxy, labels: {clinicnet.dev/referenced: "true"}}
        stringData: {password: "hunter2"}
        """;

    assertThat(lint(clinic))
        .singleElement()
        .asString()
        .startsWith("WARNING 7 spec.agent.proxyPasswordSecretRef: ")
        .contains("there is no Secret site-proxy");
    assertThat(lint(clinic + secret)).isEmpty();
    assertThat(lint(clinic + secret.replace("password:", "pass:")))
        .singleElement()
        .asString()
        .startsWith("ERROR 7 spec.agent.proxyPasswordSecretRef: ")
        .contains("has no key password");
    assertThat(lint(clinic + secret.replace("hunter2", "hunter2\\nhunter3")))
        .singleElement()
        .asString()
        .contains("must have 1 to 255 characters and no line break")
        .doesNotContain("hunter");
    assertThat(lint(clinic + secret.replace("referenced", "other")))
        .singleElement()
        .asString()
        .startsWith("ERROR 7 spec.agent.proxyPasswordSecretRef: ");
  }

  @Test
  void aMissingClinicMayBeInTheCluster() {
    assertThat(lint(service("rest-api", "clinic1", "a.api.clinicnet.com")))
        .containsExactly(
            "WARNING 5 spec.clinicRef.name: spec.clinicRef.name clinic1: there is no such Clinic in"
                + " this namespace.");
  }

  @Test
  void aClinicOfAnotherNamespaceIsAnother() {
    assertThat(
            lint(
                CLINIC1.replace("{name: clinic1}", "{name: clinic1, namespace: elsewhere}")
                    + service("rest-api", "clinic1", "a.api.clinicnet.com")))
        .singleElement()
        .asString()
        .startsWith("WARNING");
  }

  @Test
  void aHostMustBeCovered() {
    assertThat(lint(CLINIC1 + service("rest-api", "clinic1", "a.example.com")))
        .singleElement()
        .asString()
        .startsWith(
            "ERROR 16 spec.expose.https.host: spec.expose.https.host a.example.com is covered by no"
                + " entry of spec.domains of Clinic clinic1 (*.api.clinicnet.com,"
                + " dashboard.clinic1.com)");
  }

  @Test
  void aHostHasOneHolderTheLowerName() {
    assertThat(
            lint(
                CLINIC1
                    + service("rest-b", "clinic1", "a.api.clinicnet.com")
                    + service("rest-a", "clinic1", "a.api.clinicnet.com")))
        .containsExactly(
            "ERROR 16 spec.expose.https.host: spec.expose.https.host a.api.clinicnet.com is held by"
                + " ClinicService clinics/rest-a: choose another.");
  }

  @Test
  void anInternalURLHasOneHolder() {
    String one = service("rest-a", "clinic1", "a.api.clinicnet.com");
    String other =
        service("rest-b", "clinic1", "b.api.clinicnet.com")
            .replace("spec:\n", "spec:\n  internalURL: https://rest-a.clinic1.internal\n");
    String outside =
        service("rest-c", "clinic1", "c.api.clinicnet.com")
            .replace("spec:\n", "spec:\n  internalURL: https://rest-c.clinic2.internal\n");

    assertThat(lint(CLINIC1 + one + other + outside))
        .containsExactly(
            "ERROR 22 spec.internalURL: spec.internalURL https://rest-a.clinic1.internal is held by"
                + " ClinicService clinics/rest-a: choose another.",
            "ERROR 32 spec.internalURL: spec.internalURL https://rest-c.clinic2.internal must lie"
                + " under the Clinic's internal domain clinic1.internal: its agent may bind nothing"
                + " else.");
  }

  @Test
  void internalDomainsAreNotNested() {
    assertThat(
            lint(
                CLINIC1
                    + """
                    apiVersion: clinicnet.dev/v1alpha1
                    kind: Clinic
                    metadata: {name: clinic2}
                    spec:
                      internalDomain: north.clinic1.internal
                    """))
        .containsExactly(
            "ERROR 13 spec.internalDomain: spec.internalDomain north.clinic1.internal equals,"
                + " contains or lies under a name held by Clinic clinics/clinic1: choose another,"
                + " since tokens are bound by suffix.");
  }

  @Test
  void anExclusiveDomainHasOneHolderAndItsServicesAreJudgedAllTheSame() {
    assertThat(
            lint(
                CLINIC1
                    + """
                    apiVersion: clinicnet.dev/v1alpha1
                    kind: Clinic
                    metadata: {name: clinic2}
                    spec:
                      domains:
                      - name: other.clinic2.com
                      - name: dashboard.clinic1.com
                    ---
                    """
                    + service("rest-api", "clinic2", "a.example.com")))
        .hasSize(2)
        .anyMatch(
            p ->
                p.startsWith(
                    "ERROR 15 spec.domains[1]: spec.domains dashboard.clinic1.com is held by Clinic"
                        + " clinics/clinic1"))
        .anyMatch(p -> p.contains("a.example.com is covered by no entry"));
  }

  @Test
  void anObjectStandsInTheFilesOnce() {
    assertThat(lint(CLINIC1 + CLINIC1))
        .containsExactly(
            "ERROR 11 metadata.name: stands in the files twice, first at f.yaml:1:1: remove one");
  }

  @Test
  void ofAnObjectThatStandsThereTwiceTheLastIsJudged() {
    assertThat(
            lint(
                CLINIC1
                    + service("rest-api", "clinic1", "one.elsewhere.com")
                    + service("rest-api", "clinic1", "two.elsewhere.com")))
        .hasSize(2)
        .anyMatch(p -> p.contains("stands in the files twice"))
        .anyMatch(p -> p.contains("two.elsewhere.com"));
  }

  @Test
  void aSecretOfSomebodyElseIsNotTaken() {
    String secret =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: clinic1-site-kit}
        stringData: {password: hunter2}
        """;

    assertThat(lint(CLINIC1 + secret))
        .singleElement()
        .asString()
        .contains("The Secret clinic1-site-kit belongs to something else")
        .doesNotContain("hunter2");
  }

  @Test
  void whatIsBrokenIsNotJudgedFurther() {
    assertThat(
            lint(
                CLINIC1.replace("spec:", "spec:\n  suspend: maybe")
                    + service("rest-api", "clinic1", "a.example.com")))
        .singleElement()
        .asString()
        .contains("spec.suspend", "write true or false (the rules are checked once this is right)");
  }

  @Test
  void addressesOfTheAccountAreUnknown() {
    assertThat(
            lint(
                CLINIC1
                    + """
                    apiVersion: clinicnet.dev/v1alpha1
                    kind: ClinicService
                    metadata: {name: db}
                    spec:
                      clinicRef: {name: clinic1}
                      upstream: {url: "tcp://10.0.0.1:5432"}
                      expose: {tcp: {address: "1.tcp.ngrok.io:20000"}}
                    """))
        .isEmpty();
  }

  @Test
  void aSessionIsJudgedByItsServiceAsItStandsInTheFiles() {
    String service =
        service("web", "clinic1", "a.api.clinicnet.com")
            .replace("---", "  availability: OnDemand\n  onDemand: {reasonRequired: true}\n---");

    assertThat(
            lint(
                CLINIC1
                    + service
                    + session("name: s1", "web", "duration: 9h")
                    + session("name: s2", "web", "duration: 1h")
                    + session("name: s3", "web", "reason: ticket 4711")))
        .containsExactly(
            "ERROR 23 spec.duration: spec.duration 9h is more than ClinicService web allows: create"
                + " a session of at most 8h.",
            "ERROR 28 spec.reason: spec.reason is missing, and ClinicService web asks for one: create a"
                + " session that says why, such as 'ticket 4711'.");
  }

  @Test
  void aServiceThatIsThereAlwaysNeedsNoSession() {
    assertThat(
            lint(
                CLINIC1
                    + service("web", "clinic1", "a.api.clinicnet.com")
                    + session("name: s1", "web", "duration: 1h")))
        .containsExactly(
            "ERROR 21 spec.serviceRef.name: spec.serviceRef.name web: this ClinicService has"
                + " spec.availability: Always, so that it needs no session: use it as it is.");
  }

  @Test
  void aMissingServiceMayBeInTheCluster() {
    assertThat(lint(session("name: s1", "web", "duration: 1h")))
        .singleElement()
        .asString()
        .startsWith(
            "WARNING 4 spec.serviceRef.name: spec.serviceRef.name web: there is no such"
                + " ClinicService in this namespace.");
  }

  @Test
  void aSessionOfABrokenServiceIsNotJudged() {
    assertThat(
            lint(
                CLINIC1
                    + service("web", "clinic1", "A.api.clinicnet.com")
                    + session("name: s1", "web", "duration: 1h")))
        .singleElement()
        .asString()
        .startsWith("ERROR 16 spec.expose.https.host");
  }

  /** They get their names later, so that they are never one object. */
  @Test
  void sessionsWithoutANameOfTheirOwnAreJudgedOneByOne() {
    String service =
        service("web", "clinic1", "a.api.clinicnet.com")
            .replace("---", "  availability: OnDemand\n---");
    String sound = session("generateName: web-", "web", "duration: 1h");

    assertThat(lint(CLINIC1 + service + sound + sound)).isEmpty();
    assertThat(
            lint(
                CLINIC1
                    + service
                    + session("generateName: web-", "web", "duration: 0s")
                    + session("generateName: web-", "web", "duration: 9h")
                    + sound))
        .hasSize(2)
        .anyMatch(p -> p.startsWith("ERROR 22 spec.duration: must be from 1s to 168h"))
        .anyMatch(p -> p.startsWith("ERROR 27 spec.duration: spec.duration 9h is more than"));
  }

  @Test
  void whatIsNotGrantedIsRefusedInTheOperatorsWords() {
    assertThat(
            lint(
                account("names: [clinics]")
                    + CLINIC1.replace("  - name: dashboard.clinic1.com\n", "")
                    + service("mine", "clinic1", "clinics.api.clinicnet.com")
                    + service("login", "clinic1", "login.api.clinicnet.com")))
        .containsExactly(
            "ERROR 35 spec.expose.https.host: spec.expose.https.host login.api.clinicnet.com is not"
                + " granted to namespace clinics: ask the administrator to add it to"
                + " spec.grants[].sharedHosts of NgrokAccount default, or change the manifest.");
  }

  @Test
  void theLabelsOfANamespaceAreThoseOfItsManifest() {
    String labelled = account("matchLabels: {team: lakeside}");
    String namespace =
        "{apiVersion: v1, kind: Namespace, metadata: {name: clinics, labels: {team: lakeside}}}\n---\n";
    String clinic = CLINIC1.replace("  - name: dashboard.clinic1.com\n", "");

    assertThat(lint(namespace + labelled + clinic)).isEmpty();
    assertThat(lint(namespace.replace("lakeside", "other") + labelled + clinic))
        .singleElement()
        .asString()
        .contains("spec.internalDomain clinic1.internal is not granted to namespace clinics");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1alpha1", "clinicnet.io/v1alpha1", "clinicnets.dev/v1alpha1"})
  void whatOnlyLooksLikeOursIsAWarning(String apiVersion) {
    assertThat(lint(CLINIC1.replace("clinicnet.dev/v1alpha1", apiVersion)))
        .containsExactly(
            "WARNING 1 apiVersion: %s is not ours, so that nothing is checked here; did you mean Clinic of clinicnet.dev/v1alpha1?"
                .formatted(apiVersion));
  }

  @Test
  void aClinicOfSomebodyElsesIsTheirs() {
    assertThat(lint(CLINIC1.replace("clinicnet.dev", "health.example.org"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'{namespace}-*.a.com'",
        "'*-{namespace}.a.com'",
        "'a.*.com'",
        "A.com",
        "a.com.",
        "'https://a.com'",
        "'a.com:443'",
        "'***.a.com'",
        "'{other}.a.com'",
        "'^a.*'"
      })
  void aPatternThatIsNoneIsRefused(String pattern) {
    assertThat(
            lint(account("names: [clinics]").replace("'{namespace}.api.clinicnet.com'", pattern)))
        .singleElement()
        .asString()
        .contains("must be a lower-case name pattern");
  }

  private static String account(String namespaces) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: NgrokAccount
        metadata: {name: default}
        spec:
          grants:
          - name: team
            namespaces: {%s}
            sharedDomains: ['*.api.clinicnet.com']
            sharedHosts: ['{namespace}.api.clinicnet.com']
            internalDomains: ['*.internal']
        ---
        """
        .formatted(namespaces);
  }

  private static String session(String metadata, String service, String more) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicSession
        metadata: {%s}
        spec: {serviceRef: {name: %s}, %s}
        ---
        """
        .formatted(metadata, service, more);
  }

  private static String service(String name, String clinic, String host) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: %s}
        spec:
          clinicRef: {name: %s}
          upstream: {url: "http://10.0.0.1:8080"}
          expose:
            https: {host: %s}
        ---
        """
        .formatted(name, clinic, host);
  }

  private static List<String> lint(String text) {
    List<Problem> problems =
        Lint.check(new ManifestReader("clinics").read("f.yaml", text).documents());
    return problems.stream()
        .map(p -> p.severity() + " " + p.position().line() + " " + p.field() + ": " + p.message())
        .toList();
  }
}
