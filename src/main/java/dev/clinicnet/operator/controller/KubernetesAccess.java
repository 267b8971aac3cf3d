package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.config.Version;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Clients of the cluster. */
public final class KubernetesAccess {
  private static final int SECONDS = 1_000;

  /** Tells the operator apart in the API server's audit log. */
  private static final String USER_AGENT = ClinicOperator.NAME + "/" + Version.current();

  private KubernetesAccess() {}

  /**
   * Which cluster, and as whom.
   *
   * @param kubeconfig null for what a pod has, or what kubectl would use
   */
  public static Config config(Path kubeconfig) {
    if (kubeconfig == null) {
      return Config.autoConfigure(null);
    }
    if (!Files.isReadable(kubeconfig) || Files.isDirectory(kubeconfig)) {
      throw unusable(kubeconfig, "is not a file that can be read");
    }
    Config config;
    try {
      config = Config.fromKubeconfig(kubeconfig.toFile());
    } catch (RuntimeException e) {
      // Its text may quote the file, which holds credentials.
      throw unusable(kubeconfig, "is not a kubeconfig");
    }
    if (config.getCurrentContext() == null) {
      throw unusable(kubeconfig, "selects no cluster: set its current-context");
    }
    return config;
  }

  /** A client that goes on trying for a while, as a process does that runs for years. */
  public static KubernetesClient client(Config config) {
    // Named, since whatever else is on the classpath would otherwise be in the running.
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(config).withUserAgent(USER_AGENT).build())
        .withHttpClientFactory(new OkHttpClientFactory())
        .build();
  }

  /** A client that gives up soon: a person who has just started the operator is waiting. */
  public static KubernetesClient impatientClient(Config config) {
    return client(
        new ConfigBuilder(config)
            .withConnectionTimeout(5 * SECONDS)
            .withRequestTimeout(10 * SECONDS)
            .withRequestRetryBackoffLimit(2)
            .build());
  }

  /** A client that asks once, and takes no answer for one that comes late. */
  static KubernetesClient punctualClient(Config config, Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    return client(
        new ConfigBuilder(config)
            .withConnectionTimeout(millis)
            .withRequestTimeout(millis)
            .withRequestRetryBackoffLimit(0)
            .build());
  }

  private static StartFailure unusable(Path kubeconfig, String why) {
    return new StartFailure(
        ExitReason.KUBECONFIG_UNUSABLE, "--kubeconfig: " + kubeconfig + " " + why);
  }
}
