package dev.clinicnet.operator.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RightsReportTest {
  private static final String ROLE =
      """
      kind: ClusterRole
      rules:
        - apiGroups: [clinicnet.dev]
          resources: [clinics, clinics/status]
          verbs: [patch]
        - apiGroups: [""]
          resources: [secrets]
          verbs: [watch]
        - apiGroups: [""]
          resources: [namespaces]
          resourceNames: [kube-system]
          verbs: [get]
      """;

  private static final String REASON =
      "RBAC: allowed by ClusterRoleBinding \\\"clinic-operator\\\" of ClusterRole"
          + " \\\"clinic-operator\\\" to ServiceAccount \\\"clinic-operator/clinic-operator\\\"";

  private RightsReport report;

  @BeforeEach
  void begin() throws IOException {
    JsonNode role = new YAMLMapper().readTree(ROLE);
    report = new RightsReport(GrantedRights.of(role));
  }

  @Test
  void aRightThatIsUsedIsCounted() {
    report.read(line("clinic-operator", "patch", "clinicnet.dev", "clinics", "status", "one"));
    report.read(line("clinic-operator/1", "patch", "clinicnet.dev", "clinics", "status", "two"));

    assertThat(report.text()).containsPattern("patch clinics.clinicnet.dev/status +ClusterRole +2");
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void whatNobodyUsedIsNamed() {
    report.read(line("clinic-operator", "patch", "clinicnet.dev", "clinics", "", "one"));

    assertThat(report.unused())
        .extracting(right -> right.verb() + " " + right.object())
        .containsExactlyInAnyOrder(
            "patch clinics.clinicnet.dev/status", "watch secrets", "get namespaces kube-system");
  }

  @Test
  void aRightOnOneObjectIsUsedByThatObjectOnly() {
    report.read(line("clinic-operator", "get", "", "namespaces", "", "default"));
    assertThat(report.problems()).hasSize(1);

    report.read(line("clinic-operator", "get", "", "namespaces", "", "kube-system"));
    assertThat(report.unused()).noneMatch(right -> right.resource().equals("namespaces"));
  }

  @Test
  void aTestThatTriesTheRightsIsNoUse() {
    report.read(line("test", "patch", "clinicnet.dev", "clinics", "", "one"));
    report.read(refused("test", "delete", "secrets"));

    assertThat(report.unused()).hasSize(4);
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void anApplyThatCreatesTakesTheRightToCreate() {
    String applied = line("clinic-operator", "patch", "clinicnet.dev", "clinics", "", "one");
    report.read(applied.replace("200", "201"));

    assertThat(report.text()).containsPattern("patch clinics.clinicnet.dev +ClusterRole +1");
    assertThat(report.problems().keySet()).singleElement().asString().contains("verb=create");
  }

  @Test
  void aWatchCountsOnce() {
    String begun = line("clinic-operator", "watch", "", "secrets", "", "");
    report.read(begun.replace("ResponseComplete", "ResponseStarted"));
    report.read(begun);

    assertThat(report.text()).containsPattern("watch secrets +ClusterRole +1");
  }

  @Test
  void whatEverybodyMayIsNoUseAndNoProblem() {
    report.read(
        line(
                "clinic-operator",
                "create",
                "authorization.k8s.io",
                "selfsubjectaccessreviews",
                "",
                "")
            .replace("ClusterRole \\\"clinic-operator", "ClusterRole \\\"system:basic-user"));

    assertThat(report.unused()).hasSize(4);
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void aRefusalIsAProblem() {
    report.read(refused("clinic-operator/1", "delete", "secrets"));

    assertThat(report.problems()).containsEntry("refused: secrets is forbidden", 1);
  }

  @Test
  void aUseByARuleOfAnotherInstallationIsAProblem() {
    report.read(line("clinic-operator", "delete", "", "secrets", "", "one"));

    assertThat(report.problems()).hasSize(1);
  }

  @Test
  void allIsWellWhenAllIsUsedAndNothingElse() {
    assertThat(report.problem()).contains("grants what no test uses: get namespaces kube-system,");

    report.read(line("clinic-operator", "patch", "clinicnet.dev", "clinics", "", "one"));
    report.read(line("clinic-operator", "patch", "clinicnet.dev", "clinics", "status", "one"));
    report.read(
        line("clinic-operator", "watch", "", "secrets", "", "")
            .replace("ResponseComplete", "ResponseStarted"));
    report.read(line("clinic-operator", "get", "", "namespaces", "", "kube-system"));
    assertThat(report.problem()).isEmpty();

    report.read(refused("clinic-operator", "delete", "secrets"));
    assertThat(report.problem()).contains("refused: secrets is forbidden");
  }

  @Test
  void somethingElseThanALogIsRefused() {
    assertThatThrownBy(() -> report.read("no JSON")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String refused(String agent, String verb, String resource) {
    return """
        {"stage": "ResponseComplete", "verb": "%s", "userAgent": "%s",
         "objectRef": {"resource": "%s"},
         "responseStatus": {"code": 403, "message": "%3$s is forbidden"},
         "annotations": {"authorization.k8s.io/decision": "forbid"}}
        """
        .formatted(verb, agent, resource);
  }

  private static String line(
      String agent, String verb, String group, String resource, String subresource, String name) {
    return """
        {"stage": "ResponseComplete", "verb": "%s", "userAgent": "%s",
         "objectRef": {"apiGroup": "%s", "resource": "%s", "subresource": "%s", "name": "%s"},
         "responseStatus": {"code": 200},
         "annotations": {
           "authorization.k8s.io/decision": "allow",
           "authorization.k8s.io/reason": "%s"}}
        """
        .formatted(verb, agent, group, resource, subresource, name, REASON);
  }
}
