package dev.clinicnet.operator.golden;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.cli.plan.PlanRun;
import dev.clinicnet.operator.service.AcceptedPolicy;
import dev.clinicnet.operator.service.RandomServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The output of {@code plan --output json} is as committed, on an empty account and on one where
 * the operator has done everything.
 */
class PlansTest {
  private static final int SERVICES = 40;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CLINIC =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: Clinic
      metadata: {name: clinic1, namespace: clinics}
      spec:
        domains:
        - {name: "*.api.com", shared: true}
      """;

  @TempDir private Path directory;

  @Test
  void examples() throws IOException {
    StringBuilder plans = new StringBuilder();
    for (String example : Scene.EXAMPLES) {
      Path folder = Path.of("examples", example);
      try (TracedOperator operator = new TracedOperator(Instant.now())) {
        plans.append(plans(operator, folder.toString(), folder, Scene.example(example)));
      }
    }
    assertCurrent(file("plans-of-examples"), Placeholders.in(plans.toString()));
  }

  @Test
  void randomServices() throws IOException {
    StringBuilder plans = new StringBuilder();
    String around = CLINIC + "---\n" + referenced();
    Files.writeString(directory.resolve("around.yaml"), around);
    for (int seed = 0; seed < SERVICES; seed++) {
      String service =
          new RandomServices(seed)
              .next()
              .replace("\"address\":\"1.tcp.ngrok.io:20000\"", "\"region\":\"us\"");
      Files.writeString(directory.resolve("service.json"), service);
      try (TracedOperator operator = new TracedOperator(Instant.now())) {
        plans.append(plans(operator, "seed " + seed, directory, around + "---\n" + service));
      }
    }
    assertCurrent(
        file("plans-of-random-services"),
        Placeholders.in(plans.toString().replace(directory + "/", "")));
  }

  private static String plans(TracedOperator operator, String name, Path files, String manifests) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("plans", name);
    JsonNode first = plan(operator, files);
    document.put("before anything is done", first);
    if (first.path("out").has("changes")) {
      operator.cluster().apply(manifests);
      operator.settle();
      document.put("when everything is done", plan(operator, files));
    }
    return Trace.yaml(document);
  }

  private static JsonNode plan(TracedOperator operator, Path files) {
    PlanRun run =
        PlanRun.on(
            operator.account().url(),
            files.toString(),
            "--output",
            "json",
            "--instance",
            TracedOperator.INSTANCE,
            "--dns-endpoints",
            "--exit-code");
    ObjectNode told = JSON.createObjectNode();
    told.put("code", run.code()).put("err", run.err());
    told.set("out", json(run.out()));
    return told;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private static String referenced() {
    Map<String, Map<String, String>> objects = new TreeMap<>(AcceptedPolicy.REFERENCED);
    objects.put("users", Map.of("ann", "planted-password"));
    StringBuilder manifests = new StringBuilder();
    objects.forEach((name, data) -> manifests.append(object("Secret", name, "stringData", data)));
    manifests.append(object("ConfigMap", "cas", "data", objects.get("cas")));
    return manifests.toString();
  }

  private static String object(String kind, String name, String key, Map<String, String> data) {
    Map<String, Object> metadata =
        Map.of(
            "name",
            name,
            "namespace",
            "clinics",
            "labels",
            Map.of("clinicnet.dev/referenced", "true"));
    return Trace.yaml(Map.of("apiVersion", "v1", "kind", kind, "metadata", metadata, key, data));
  }

  private static Path file(String name) {
    return Path.of("src/test/resources/golden", name + ".yaml");
  }
}
