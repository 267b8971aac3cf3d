package dev.clinicnet.operator.golden;

import static java.util.stream.Collectors.joining;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.testkit.NgrokAccount;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One story of several acts: a document of a golden file. */
final class Scene implements AutoCloseable {
  /** The folders of manifests that work. */
  static final List<String> EXAMPLES =
      List.of("access", "clinic1", "clinic2", "gitops/site", "tls");

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final TracedOperator operator = new TracedOperator(START);
  private final Map<String, Object> document = new LinkedHashMap<>();
  private Map<String, Object> told = Map.of();

  private Scene(String name, String manifests) {
    document.put("scene", name);
    operator.cluster().apply(manifests);
  }

  /** A scene with these manifests, before any work. */
  static Scene of(String name, String manifests) {
    return new Scene(name, manifests);
  }

  /**
   * A scene with these manifests after convergence, and an agent. The work until then is not
   * recorded.
   */
  static Scene converged(String name, String manifests) {
    Scene scene = of(name, manifests);
    scene.operator.settle();
    scene.connectAgent();
    scene.operator.settle();
    scene.operator.passes();
    scene.told = scene.operator.statuses();
    return scene;
  }

  /** The manifests of a folder, in the order of their names. */
  static String example(String folder) {
    try (Stream<Path> files = Files.list(Path.of("examples", folder))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(Scene::read)
          .collect(joining("\n---\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TracedOperator operator() {
    return operator;
  }

  Clinic clinic(String name) {
    return operator.cluster().clinic("default", name).orElseThrow();
  }

  ClinicService service(String name) {
    return operator.cluster().service("default", name).orElseThrow();
  }

  ClinicSession session(String name) {
    return operator.cluster().session("default", name).orElseThrow();
  }

  /** Applies manifests, changed or new. */
  void apply(String yaml) {
    operator.cluster().apply(yaml);
  }

  /** Sets an annotation of a Clinic; null takes it away. */
  void annotate(String clinic, String key, String value) {
    ObjectMetaBuilder metadata = new ObjectMetaBuilder(clinic(clinic).getMetadata());
    clinic(clinic)
        .setMetadata(
            (value == null
                    ? metadata.removeFromAnnotations(key)
                    : metadata.addToAnnotations(key, value))
                .build());
  }

  /** Connects an agent as the site kit of the Clinic has it. */
  void connectAgent() {
    operator.connectAgent(operator.cluster().all(Clinic.class).get(0));
  }

  /** Somebody else deletes an endpoint, and changes the description of everything else. */
  void undo() {
    NgrokAccount account = operator.account();
    for (String resource : List.of("reserved_domains", "reserved_addrs", "credentials")) {
      account
          .all(resource)
          .forEach(
              row ->
                  account.call(
                      "PATCH",
                      "/" + resource + "/" + row.path("id").asText(),
                      "{\"description\": \"mine\"}"));
    }
    account.all("endpoints").stream()
        .filter(row -> row.path("type").asText().equals("cloud"))
        .findFirst()
        .ifPresent(row -> account.call("DELETE", "/endpoints/" + row.path("id").asText(), null));
  }

  void terminate(HasMetadata object) {
    operator.cluster().terminate(object);
  }

  /** Lets the operator work, and records it under a heading, with the new statuses. */
  void tell(String act) {
    operator.settle();
    Map<String, Object> statuses = operator.statuses();
    Map<String, Object> changed = new LinkedHashMap<>(statuses);
    changed.entrySet().removeAll(told.entrySet());
    told = statuses;
    Map<String, Object> following = new LinkedHashMap<>();
    following.put("passes", operator.passes());
    following.put("statuses", changed);
    document.put(act, following);
  }

  /** The document. */
  String text() {
    return Placeholders.in(Trace.yaml(document));
  }

  @Override
  public void close() {
    operator.close();
  }
}
