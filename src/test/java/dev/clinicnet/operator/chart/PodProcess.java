package dev.clinicnet.operator.chart;

import static org.awaitility.Awaitility.await;

import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.cli.Main;
import dev.clinicnet.testkit.ProgramClassPath;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The operator as a Deployment of the API server would have it started, with a process in the place
 * of a pod: the container's arguments and environment, its Secrets as files, and a token of its
 * ServiceAccount. Where the container has a directory, the process has one below its own root: only
 * paths differ.
 */
final class PodProcess implements AutoCloseable {
  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path logFile;

  private PodProcess(Process process, Path logFile) {
    this.process = process;
    this.logFile = logFile;
  }

  /** Starts a pod of the Deployment, and waits until its readiness probe succeeds. */
  static PodProcess start(RealKubernetes kubernetes, Deployment deployment, Path root) {
    try {
      Path log = root.resolve("log");
      PodSpec pod = deployment.getSpec().getTemplate().getSpec();
      String namespace = deployment.getMetadata().getNamespace();
      Container container = pod.getContainers().get(0);
      Map<Path, Path> mounted = mount(kubernetes, namespace, pod, root);
      ProcessBuilder builder = new ProcessBuilder(command(container, mounted, root));
      builder.environment().clear();
      builder.environment().putAll(environment(kubernetes, namespace, container, mounted));
      builder.environment().put("HOSTNAME", deployment.getMetadata().getName() + "-0");
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      PodProcess started = new PodProcess(builder.start(), log);
      started.awaitReady(container);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it like the kubelet, and returns its exit code. */
  int stop() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("does not stop: " + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** Its log until now. */
  String log() {
    try {
      return Files.readString(logFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void awaitReady(Container container) {
    URI probe =
        URI.create(
            "http://127.0.0.1:"
                + container.getPorts().get(0).getContainerPort()
                + container.getReadinessProbe().getHttpGet().getPath());
    try {
      await().atMost(PATIENCE).until(() -> !process.isAlive() || answers(probe));
    } catch (RuntimeException e) {
      close();
      throw new AssertionError("is not ready: " + log(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError("has ended with " + process.exitValue() + ": " + log());
    }
  }

  private static boolean answers(URI probe) {
    try {
      return ((HttpURLConnection) probe.toURL().openConnection()).getResponseCode()
          == HttpURLConnection.HTTP_OK;
    } catch (IOException notServed) {
      return false;
    }
  }

  private static List<String> command(Container container, Map<Path, Path> mounted, Path root) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    // The kubeconfig of the user who runs the tests must not be used.
    command.add("-Duser.home=" + root);
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", ProgramClassPath.get(), Main.class.getName()));
    for (String argument : container.getArgs()) {
      command.add(
          mounted.keySet().stream()
              .filter(there -> argument.contains("=" + there + "/"))
              .map(there -> argument.replace("=" + there, "=" + mounted.get(there)))
              .findFirst()
              .orElse(argument));
    }
    return command;
  }

  private static Map<String, String> environment(
      RealKubernetes kubernetes, String namespace, Container container, Map<Path, Path> mounted) {
    URI server = URI.create(kubernetes.adminClient().getMasterUrl().toString());
    Path account = mounted.get(ACCOUNT);
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("KUBERNETES_SERVICE_HOST", server.getHost());
    variables.put("KUBERNETES_SERVICE_PORT", Integer.toString(server.getPort()));
    // The directory of the account's files, which cannot be at the path of a pod.
    variables.put("KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", account.resolve("token").toString());
    variables.put("KUBERNETES_CERTS_CA_FILE", account.resolve("ca.crt").toString());
    variables.put("POD_NAMESPACE", namespace);
    container.getEnv().forEach(variable -> variables.put(variable.getName(), variable.getValue()));
    return variables;
  }

  /** Puts the files of the account and of Secrets below the root; says what is where. */
  private static Map<Path, Path> mount(
      RealKubernetes kubernetes, String namespace, PodSpec pod, Path root) throws IOException {
    Map<Path, Path> mounted = new LinkedHashMap<>();
    Path account = directory(mounted, ACCOUNT, root);
    String token =
        kubernetes.kubectl("create", "token", pod.getServiceAccountName(), "-n", namespace);
    Files.writeString(account.resolve("token"), token.strip());
    Files.copy(
        Path.of(kubernetes.adminClient().getConfiguration().getCaCertFile()),
        account.resolve("ca.crt"));
    for (VolumeMount mount : pod.getContainers().get(0).getVolumeMounts()) {
      Path here = directory(mounted, Path.of(mount.getMountPath()), root);
      var source =
          pod.getVolumes().stream()
              .filter(volume -> volume.getName().equals(mount.getName()))
              .findFirst()
              .orElseThrow();
      if (source.getSecret() != null) {
        Secret secret =
            kubernetes
                .adminClient()
                .secrets()
                .inNamespace(namespace)
                .withName(source.getSecret().getSecretName())
                .require();
        for (Map.Entry<String, String> file : secret.getData().entrySet()) {
          Files.write(here.resolve(file.getKey()), Base64.getDecoder().decode(file.getValue()));
        }
      }
    }
    return mounted;
  }

  private static Path directory(Map<Path, Path> mounted, Path there, Path root) throws IOException {
    Path here = Files.createDirectories(root.resolve(there.toString().substring(1)));
    mounted.put(there, here);
    return here;
  }
}
