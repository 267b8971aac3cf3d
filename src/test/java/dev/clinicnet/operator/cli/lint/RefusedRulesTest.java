package dev.clinicnet.operator.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each thing that is wrong in raw rules is told by itself. */
class RefusedRulesTest {
  private static final String SERVICE =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: ClinicService
      metadata: {name: web}
      spec:
        clinicRef: {name: one}
        upstream: {url: "http://10.0.0.1:8080"}
        expose: {https: {host: web.api.example.com}}
        trafficPolicy:
          on_http_request:
          - expressions: ["req.method == 'GET'"]
            actions:
            - type: deny
              config:
                status_code: [200]
                colour: red
          - actions: [{type: rate-limit, config: {name: [], algorithm: [], capacity: [], rate: []}}]
      """;
  private static final String CLINIC =
      """
      ---
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: one}
      spec: {domains: [{name: "*.api.example.com", shared: true}]}
      """;
  private static final String RULES = "spec.trafficPolicy.on_http_request";

  @Test
  void everyErrorHasItsPathAndItsLineAndHidesNoWarning() {
    List<Problem> problems = lint(SERVICE + CLINIC);

    assertThat(problems)
        .filteredOn(Problem::isError)
        .extracting(Problem::field, problem -> problem.position().line())
        .containsExactlyInAnyOrder(
            tuple(RULES + "[0].actions[0].config.status_code", 14),
            tuple(RULES + "[1].actions[0].config.name", 16),
            tuple(RULES + "[1].actions[0].config.algorithm", 16),
            tuple(RULES + "[1].actions[0].config.capacity", 16),
            tuple(RULES + "[1].actions[0].config.rate", 16));
    assertThat(problems)
        .filteredOn(problem -> !problem.isError())
        .extracting(problem -> problem.field() + " " + problem.position().line())
        .contains(RULES + "[0].actions[0].config.colour 15");
    assertThat(problems).extracting(Problem::message).noneMatch(said -> said.contains(" more"));
  }

  @Test
  void theyAreToldOnceWithoutTheClinicToo() {
    assertThat(lint(SERVICE)).filteredOn(Problem::isError).hasSize(5);
  }

  @Test
  void whatTheOperatorRefusesForAnotherReasonIsToldInItsWords() {
    List<Problem> problems =
        lint(SERVICE.replace("web.api.example.com", "web.example.org") + CLINIC);

    assertThat(problems)
        .filteredOn(Problem::isError)
        .extracting(Problem::field)
        .contains("spec.expose.https.host");
  }

  private static List<Problem> lint(String text) {
    return Lint.check(new ManifestReader("default").read("x.yaml", text).documents());
  }
}
