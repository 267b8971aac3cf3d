package dev.clinicnet.operator.golden;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.kubernetes.Annotations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The work of the operator in some stories is as committed: its requests to ngrok and to agents and
 * its writes to Kubernetes, in order, and its final statuses.
 */
class TracesTest {
  private static final String CLINIC1 = Scene.example("clinic1");

  private static final String SESSION =
      "---\n"
          + replace(
              Scene.read(Path.of("examples/session/session.yaml")),
              "generateName: dashboard-",
              "name: dashboard-1");

  @Test
  void convergence() throws IOException {
    StringBuilder scenes = new StringBuilder();
    for (String example : Scene.EXAMPLES) {
      try (Scene scene = Scene.of("convergence of " + example, Scene.example(example))) {
        scene.tell("applied");
        scene.connectAgent();
        scene.tell("an agent connects");
        scenes.append(scene.text());
      }
    }
    assertCurrent(file("convergence"), scenes.toString());
  }

  @Test
  void change() throws IOException {
    try (Scene scene = Scene.converged("changes of clinic1", CLINIC1)) {
      String changed = replace(CLINIC1, "Lakeside", "Seaside");
      changed = replace(changed, "- /api", "- /v2");
      scene.apply(replace(changed, "192.168.1.101:5432", "192.168.1.101:5433"));
      scene.tell("name, paths and upstream change");
      scene.undo();
      scene.tell("somebody else changes and deletes at ngrok");
      scene.apply(replace(CLINIC1, "(?s)  expose:\n    tcp:.*?(?=\n---)", ""));
      scene.tell("the database is not exposed any more");
      assertCurrent(file("change"), scene.text());
    }
  }

  @Test
  void deletion() throws IOException {
    StringBuilder scenes = new StringBuilder();
    for (String policy : List.of("Delete", "Retain")) {
      String manifests =
          replace(CLINIC1, "spec:\n  d", "spec:\n  deletionPolicy: %s\n  d".formatted(policy));
      try (Scene scene = Scene.converged("deletion of clinic1: " + policy, manifests)) {
        scene.terminate(scene.service("rest-api"));
        scene.tell("a service is deleted");
        scene.terminate(scene.clinic("clinic1"));
        scene.tell("the Clinic is deleted");
        scene.terminate(scene.service("dashboard"));
        scene.terminate(scene.service("patient-db"));
        scene.tell("the other services are deleted");
        scenes.append(scene.text());
      }
    }
    assertCurrent(file("deletion"), scenes.toString());
  }

  @Test
  void session() throws IOException {
    String throughAgent = replace(CLINIC1, "OnDemand", "OnDemand\n  onDemand: {via: AgentAPI}");
    StringBuilder scenes = new StringBuilder();
    for (String manifests : List.of(CLINIC1, throughAgent)) {
      String via = manifests.equals(CLINIC1) ? "CloudEndpoint" : "AgentAPI";
      try (Scene scene = Scene.converged("sessions via " + via, manifests)) {
        scene.apply(SESSION);
        scene.tell("one is created");
        scene.operator().advance(Duration.ofHours(1));
        scene.tell("its time is over");
        scene.apply(replace(SESSION, "dashboard-1", "dashboard-2"));
        scene.tell("another one is created");
        scene.terminate(scene.session("dashboard-2"));
        scene.tell("it is deleted");
        scenes.append(scene.text());
      }
    }
    assertCurrent(file("session"), scenes.toString());
  }

  @Test
  void quarantine() throws IOException {
    try (Scene scene = Scene.converged("quarantine of clinic1", CLINIC1 + SESSION)) {
      scene.annotate("clinic1", Annotations.QUARANTINE, "true");
      scene.tell("it is cut off");
      scene.annotate("clinic1", Annotations.QUARANTINE, null);
      scene.tell("it is released");
      assertCurrent(file("quarantine"), scene.text());
    }
  }

  /** The manifests with a change in one place. */
  private static String replace(String manifests, String pattern, String replacement) {
    String replaced = manifests.replaceFirst(pattern, replacement);
    assertThat(replaced).isNotEqualTo(manifests);
    return replaced;
  }

  private static Path file(String name) {
    return Path.of("src/test/resources/golden", name + ".yaml");
  }
}
