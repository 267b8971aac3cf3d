package dev.clinicnet.operator.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.testkit.FreshNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits that GitOps tools make by server-side apply. */
class ServerSideApplyIT {
  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  @TempDir Path directory;

  @Test
  void theLastMemberOfASpecMayGo() throws IOException {
    apply("spec: {domains: [{name: a.example.com}]}");

    apply("spec: {domains: []}");

    assertThat(spec()).contains("\"driftPolicy\":\"Correct\"").doesNotContain("a.example.com");
  }

  @Test
  void aClinicWithoutASpecHasTheDefaults() throws IOException {
    apply("");

    assertThat(spec()).contains("\"driftPolicy\":\"Correct\"");
  }

  /** The first of each pair is applied before and after the second. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{domains: []}                    | {domains: [{name: a.example.com, shared: true}]}",
        "{domains: [], suspend: true}     | {domains: [{name: a.example.com}], suspend: true}",
        "{agent: {}}                      | {agent: {redundant: true}}",
        "{agent: {siteKit: {}}}           | {agent: {siteKit: {secretName: kit}}}",
        "{agent: {authtoken: {}}}         | {agent: {authtoken: {overlap: 2h, revokeOld: AfterOverlap}}}",
      })
  void whatAClinicHasMayBeEmptied(String empty, String full) throws IOException {
    for (String spec : List.of(empty, full, empty)) {
      apply("spec: " + spec);
    }

    assertThat(spec()).doesNotContain("a.example.com", "\"kit\"", "2h");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "access: {}                       | access: {allowCIDRs: [10.0.0.0/8]}",
        "trafficPolicy: {}                | trafficPolicy: {on_tcp_connect: []}",
        "expose: {tcp: {}}                | expose: {tcp: {region: us}}",
        "availability: OnDemand, onDemand: {} | availability: OnDemand, onDemand: {via: AgentAPI,"
            + " maxDuration: 1h, reasonRequired: true}",
      })
  void whatAServiceHasMayBeEmptied(String empty, String full) throws IOException {
    String exposed = empty.contains("tcp: {}") ? "" : "expose: {tcp: {region: us}}, ";
    for (String fields : List.of(empty, full, empty)) {
      apply(
          "ClinicService",
          "{metadata: {name: s}, spec: {clinicRef: {name: c}, upstream: {url: tcp://a:1}, "
              + exposed
              + fields
              + "}}");
    }

    assertThat(kubectl("get", "clinicservice", "s", "-o", "jsonpath={.spec}"))
        .contains("\"tcp\":{")
        .doesNotContain("10.0.0.0", "AgentAPI");
  }

  @Test
  void whatAGrantHasMayBeEmptied() throws IOException {
    String full =
        "addresses: {reserve: true}, adoption: {release: true}, namespaces: {names: [n1],"
            + " matchLabels: {a: b}}";
    String empty = "addresses: {}, adoption: {}, namespaces: {names: [n1], matchLabels: {}}";
    String name = namespace.name();
    for (String grant : List.of(empty, full, empty)) {
      apply(
          "NgrokAccount",
          "{metadata: {name: " + name + "}, spec: {grants: [{name: g, " + grant + "}]}}");
    }

    assertThat(kubectl("get", "ngrokaccount", name, "-o", "jsonpath={.spec.grants[0]}"))
        .doesNotContain("true", "\"b\"");
    kubectl("delete", "ngrokaccount", name);
  }

  private void apply(String spec) throws IOException {
    apply("Clinic", "{metadata: {name: c}" + (spec.isEmpty() ? "" : ", " + spec) + "}");
  }

  private void apply(String kind, String rest) throws IOException {
    Path file = directory.resolve("manifest.yaml");
    Files.writeString(
        file,
        "{apiVersion: clinicnet.dev/v1alpha1, kind: %s, %s".formatted(kind, rest.substring(1)));
    kubectl("apply", "--server-side", "--validate=strict", "-f", file.toString());
  }

  private String spec() {
    return kubectl("get", "clinic", "c", "-o", "jsonpath={.spec}");
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
