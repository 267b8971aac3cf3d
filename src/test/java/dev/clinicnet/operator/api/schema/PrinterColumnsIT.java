package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionSpec;
import dev.clinicnet.operator.api.v1alpha1.ServiceRef;
import dev.clinicnet.testkit.FreshNamespace;
import dev.clinicnet.testkit.SinceKubernetes;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The columns that an SRE sees. */
class PrinterColumnsIT {

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @BeforeEach
  void applyTheFirstClinicWithAStatus() {
    kubectl("apply", "--server-side", "-f", "examples/clinic1");
    patchStatus(
        "clinic/clinic1",
        """
        {"status": {"services": {"total": 3, "ready": 2}, "internalDomain": "clinic1.internal",
         "agents": [{"sessionID": "ts_1", "version": "3.39.7", "region": "us",
           "ip": "198.51.100.7", "startedAt": "2026-11-23T00:00:00Z"}],
         "conditions": [
          {"type": "Ready", "status": "False", "reason": "NotProgrammed", "message": "Why not.",
           "lastTransitionTime": "2026-11-23T00:00:00Z"},
          {"type": "AgentOnline", "status": "True", "reason": "Connected", "message": "",
           "lastTransitionTime": "2026-11-23T00:00:00Z"}]}}
        """);
    patchStatus(
        "clinicservice/rest-api",
        """
        {"status": {"publicURL": "https://clinic1.api.clinicnet.com",
          "internalURL": "https://rest-api.clinic1.internal", "conditions": [
          {"type": "Ready", "status": "True", "reason": "Ready", "message": "All is well.",
           "lastTransitionTime": "2026-11-23T00:00:00Z"}]}}
        """);
  }

  @Test
  void clinicsShowWhetherTheyAreReadyAndConnected() {
    List<String> table = kubectl("get", "cl").lines().toList();

    assertThat(cells(table.get(0)))
        .containsExactly(
            "NAME",
            "READY",
            "REASON",
            "DOMAIN",
            "AGENT",
            "AGENT-SINCE",
            "SERVICES",
            "SERVICES-READY",
            "AGE");
    assertThat(table.get(1))
        .matches(
            "clinic1 +False +NotProgrammed +clinic1\\.internal +True +\\d+[dhms]\\S* +3 +2 +\\S+ *");
  }

  @Test
  void wideClinicsAlsoShowWhy() {
    List<String> table = kubectl("get", "cl", "-o", "wide").lines().toList();

    assertThat(cells(table.get(0)))
        .endsWith(
            "ACCEPTED",
            "PROGRAMMED",
            "DOMAINS-READY",
            "SITE-KIT-CURRENT",
            "AGENT-REASON",
            "AGENT-VERSION",
            "AGENT-REGION",
            "AGENT-IP",
            "MESSAGE");
    assertThat(table.get(1))
        .matches(".*Connected +3\\.39\\.7 +us +198\\.51\\.100\\.7 +Why not\\. *");
  }

  @Test
  void theTimeWithoutAnAgentIsNotShownAsItsTimeOnline() {
    patchStatus("clinic/clinic1", "{\"status\": {\"agents\": []}}");

    List<String> table = kubectl("get", "cl").lines().toList();

    assertThat(table.get(1))
        .matches("clinic1 +False +NotProgrammed +clinic1\\.internal +True +3 +2 .*");
  }

  @Test
  void servicesShowWhereTheyAreReached() {
    List<String> table = kubectl("get", "csvc", "rest-api").lines().toList();

    assertThat(cells(table.get(0)))
        .containsExactly("NAME", "READY", "REASON", "CLINIC", "PUBLIC-URL", "AGENT", "AGE");
    assertThat(cells(table.get(1)))
        .startsWith("rest-api", "True", "Ready", "clinic1", "https://clinic1.api.clinicnet.com");
  }

  @Test
  void wideServicesAlsoShowTheInternalUrlAndWhy() {
    List<String> table = kubectl("get", "csvc", "rest-api", "-o", "wide").lines().toList();

    assertThat(cells(table.get(0))).endsWith("INTERNAL-URL", "AVAILABILITY", "MESSAGE");
    assertThat(table.get(1)).contains("https://rest-api.clinic1.internal", "All is well.");
  }

  @Test
  void sessionsShowWhatIsOpenUntilWhenAndForWhom() {
    openASession();

    List<String> table = kubectl("get", "csn").lines().toList();

    assertThat(cells(table.get(0)))
        .containsExactly(
            "NAME", "PHASE", "REASON", "SERVICE", "PUBLIC-URL", "AGENT", "EXPIRES", "BY", "AGE");
    assertThat(cells(table.get(1)))
        .startsWith(
            "dashboard-1",
            "Open",
            "Ready",
            "dashboard",
            "https://dashboard.clinic1.com",
            "True",
            "2026-11-23T01:00:00Z",
            "ann");
  }

  @Test
  void wideSessionsAlsoShowWhyTheyWereOpenedAndHowTheyAre() {
    openASession();

    List<String> table = kubectl("get", "clinicsessions", "-o", "wide").lines().toList();

    assertThat(cells(table.get(0))).endsWith("WHY", "CLOSED-AT", "MESSAGE");
    assertThat(table.get(1)).contains("ticket 4711", "All is well.");
  }

  @Test
  void accountsShowWhetherAndWhy() {
    assertThat(accountColumns(0))
        .containsExactly("Accepted", "Reason", "Grants", "Namespaces", "Clinics", "Age");
    assertThat(accountColumns(1)).containsExactly("Services", "Message");
  }

  /** An account is the cluster's, so that no test of one namespace creates one. */
  private List<String> accountColumns(int priority) {
    return namespace
        .admin()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("ngrokaccounts.clinicnet.dev")
        .get()
        .getSpec()
        .getVersions()
        .get(0)
        .getAdditionalPrinterColumns()
        .stream()
        .filter(column -> Objects.requireNonNullElse(column.getPriority(), 0) == priority)
        .map(CustomResourceColumnDefinition::getName)
        .toList();
  }

  @Test
  @SinceKubernetes(value = "1.31", has = "selectable fields")
  void sessionsCanBeSelectedByTheirService() {
    openASession();

    assertThat(kubectl("get", "csn", "--field-selector", "spec.serviceRef.name=dashboard"))
        .contains("dashboard-1");
    assertThat(
            kubectl(
                "get", "csn", "--field-selector", "spec.serviceRef.name=rest-api", "-o", "name"))
        .isEmpty();
  }

  @Test
  @SinceKubernetes(value = "1.31", has = "selectable fields")
  void servicesCanBeSelectedByTheirClinic() {
    assertThat(
            kubectl("get", "csvc", "--field-selector", "spec.clinicRef.name=clinic1", "-o", "name"))
        .contains("clinicservice.clinicnet.dev/rest-api");
    assertThat(
            kubectl("get", "csvc", "--field-selector", "spec.clinicRef.name=clinic2", "-o", "name"))
        .isEmpty();
  }

  @Test
  void theShortNamesAreNobodyElses() {
    assertThat(kubectl("get", "cl", "-o", "name")).startsWith("clinic.clinicnet.dev/");
    assertThat(kubectl("get", "csvc", "-o", "name")).startsWith("clinicservice.clinicnet.dev/");
    openASession();
    assertThat(kubectl("get", "csn", "-o", "name")).startsWith("clinicsession.clinicnet.dev/");
  }

  private void openASession() {
    ClinicSession session = new ClinicSession();
    session.setMetadata(new ObjectMetaBuilder().withName("dashboard-1").build());
    session.setSpec(new ClinicSessionSpec(new ServiceRef("dashboard"), "1h", "ticket 4711"));
    namespace.admin().resource(session).inNamespace(namespace.name()).create();
    patchStatus(
        "clinicsession/dashboard-1",
        """
        {"status": {"phase": "Open", "openedBy": "ann", "expiresAt": "2026-11-23T01:00:00Z",
          "publicURL": "https://dashboard.clinic1.com", "conditions": [
          {"type": "AgentOnline", "status": "True", "reason": "EndpointBound", "message": "",
           "lastTransitionTime": "2026-11-23T00:00:00Z"},
          {"type": "Ready", "status": "True", "reason": "Ready", "message": "All is well.",
           "lastTransitionTime": "2026-11-23T00:00:00Z"}]}}
        """);
  }

  private void patchStatus(String object, String patch) {
    kubectl("patch", object, "--subresource=status", "--type=merge", "-p", patch);
  }

  private static List<String> cells(String row) {
    return List.of(row.strip().split("\\s+"));
  }

  private String kubectl(String command, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = command;
    all[1] = "--namespace";
    all[2] = namespace.name();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return namespace.kubernetes().kubectl(all);
  }
}
