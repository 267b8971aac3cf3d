package dev.clinicnet.operator.controller;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.config.Version;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Makes clients of the cluster. */
public final class KubernetesAccess {
  private static final int SECONDS = 1_000;

  /** The name by which the API server's audit log shows the operator. */
  private static final String USER_AGENT = ClinicOperator.NAME + "/" + Version.current();

  private KubernetesAccess() {}

  /**
   * The configuration of the cluster and of the identity.
   *
   * @param kubeconfig null for the pod's own access, or for what kubectl would use
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
      // The message of the cause may quote the file, which holds credentials.
      throw unusable(kubeconfig, "is not a kubeconfig");
    }
    if (config.getCurrentContext() == null) {
      throw unusable(kubeconfig, "selects no cluster: set its current-context");
    }
    return config;
  }

  /** A client that repeats requests for a while. It is for the running operator. */
  public static KubernetesClient client(Config config) {
    // The implementation is named, because another one on the classpath could be chosen otherwise.
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(config).withUserAgent(USER_AGENT).build())
        .withHttpClientFactory(new OkHttpClientFactory())
        .withKubernetesSerialization(withoutManagedFields())
        .build();
  }

  /**
   * Nothing here reads who manages which field, and these entries are often longer than the rest of
   * an object. The API server keeps them when an update leaves them out.
   */
  private static KubernetesSerialization withoutManagedFields() {
    return new KubernetesSerialization(
        new ObjectMapper().addMixIn(ObjectMeta.class, NoManagedFields.class), true);
  }

  @JsonIgnoreProperties("managedFields")
  private interface NoManagedFields {}

  /** A client that gives up soon. It is for the start, when a person is waiting. */
  public static KubernetesClient impatientClient(Config config) {
    return client(
        new ConfigBuilder(config)
            .withConnectionTimeout(5 * SECONDS)
            .withRequestTimeout(10 * SECONDS)
            .withRequestRetryBackoffLimit(2)
            .build());
  }

  /** A client that asks once, and does not accept a late answer. */
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
