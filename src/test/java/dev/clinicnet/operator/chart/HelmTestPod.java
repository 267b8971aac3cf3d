package dev.clinicnet.operator.chart;

import dev.clinicnet.testkit.ProgramOutput;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
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
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOST", host);
    builder.environment().put("PORT", Integer.toString(port));
    return ProgramOutput.of(builder);
  }
}
