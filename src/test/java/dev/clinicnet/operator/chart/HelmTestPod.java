package dev.clinicnet.operator.chart;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A process in place of the pod of {@code helm test}. */
final class HelmTestPod {
  private HelmTestPod() {}

  /** Runs its command against this address, and returns what it printed. */
  static String run(String[] values, String host, int port) {
    List<String> arguments = new ArrayList<>(List.of("--show-only=templates/test.yaml"));
    arguments.addAll(List.of(values));
    Pod pod =
        new KubernetesSerialization()
            .unmarshal(
                InstalledRelease.helm()
                    .template(InstalledRelease.NAME, InstalledRelease.NAME, arguments),
                Pod.class);
    Container container = pod.getSpec().getContainers().get(0);
    List<String> command = new ArrayList<>(container.getCommand());
    command.addAll(container.getArgs());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOST", host);
    builder.environment().put("PORT", Integer.toString(port));
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new AssertionError("helm test would fail with " + code + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
