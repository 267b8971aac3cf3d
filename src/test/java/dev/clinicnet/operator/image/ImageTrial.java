package dev.clinicnet.operator.image;

import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.testkit.Manifests;
import dev.clinicnet.testkit.NgrokAccount;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the command of the image against a real API server and the simulator, has it converge the
 * examples, stops it, and prints what that took. {@code dev/image/check} calls it:
 *
 * <pre>{@code ImageTrial DIRECTORY LABEL COMMAND... [-- LABEL COMMAND...]...}</pre>
 *
 * <p>The directory is for files that the commands read, and their output. A label names a row.
 */
public final class ImageTrial {
  private static final String HOME = "clinic-operator";

  private ImageTrial() {}

  /** Runs each command, one after the other. */
  public static void main(String[] arguments) {
    int code = 1;
    try (RealKubernetes kubernetes = RealKubernetes.start()) {
      kubernetes.apply(Path.of("crds"));
      kubernetes.apply(Path.of("deploy/base"));
      Path directory = Path.of(arguments[0]);
      List<Measurement> rows = new ArrayList<>();
      for (List<String> trial : trials(List.of(arguments).subList(1, arguments.length))) {
        rows.add(run(kubernetes, directory, trial.get(0), trial.subList(1, trial.size())));
      }
      Measurement.table(rows).forEach(System.out::println);
      code = 0;
    } catch (IOException | RuntimeException | AssertionError e) {
      System.err.println(e.getMessage());
    }
    // Clients have threads that would keep the process.
    System.exit(code);
  }

  private static List<List<String>> trials(List<String> arguments) {
    List<List<String>> trials = new ArrayList<>(List.of(new ArrayList<>()));
    for (String argument : arguments) {
      if (argument.equals("--")) {
        trials.add(new ArrayList<>());
      } else {
        trials.get(trials.size() - 1).add(argument);
      }
    }
    return trials;
  }

  private static Measurement run(
      RealKubernetes kubernetes, Path directory, String label, List<String> command)
      throws IOException {
    String namespace = "image-" + label.replaceAll("[^a-z0-9]+", "-");
    kubernetes
        .adminClient()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    Manifests manifests = new Manifests(kubernetes.adminClient(), namespace);
    try (NgrokAccount account = NgrokAccount.open();
        StartedImage image =
            StartedImage.start(
                command,
                kubeconfig(kubernetes, directory),
                namespace,
                account.url(),
                directory.resolve(namespace + ".log"))) {
      Sample live = image.until("/livez");
      Sample ready = image.until("/readyz");
      Manifests.examples().forEach(manifests::apply);
      manifests.awaitAllReady();
      Sample converged = image.sample();
      image.stop();
      return new Measurement(label, live, ready, converged);
    }
  }

  /** Everybody may read it, because it exists only for seconds, like the cluster. */
  private static Path kubeconfig(RealKubernetes kubernetes, Path directory) throws IOException {
    String token = kubernetes.kubectl("create", "token", HOME, "-n", HOME).strip();
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: real, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
        users: [{name: operator, user: {token: "%s"}}]
        contexts: [{name: real, context: {cluster: real, user: operator}}]
        current-context: real
        """
            .formatted(kubernetes.adminClient().getMasterUrl(), token));
  }
}
