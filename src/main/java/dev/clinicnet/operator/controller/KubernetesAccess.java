package dev.clinicnet.operator.controller;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.clinicnet.operator.api.v1alpha1.Kinds;
import dev.clinicnet.operator.config.JsonBuffers;
import dev.clinicnet.operator.config.Version;
import dev.clinicnet.operator.ngrok.Ciphers;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;

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
        .withHttpClientFactory(new Connections(config.getTlsVersions()))
        .withKubernetesSerialization(serialization())
        .build();
  }

  /**
   * Reads objects into as little memory as possible, because the caches hold all of them.
   *
   * <p>Nothing here reads who manages which field, and these entries are often longer than the rest
   * of an object. The API server keeps them when an update leaves them out. Nor does anything read
   * what {@code kubectl apply} has noted in an annotation, which is the whole manifest once more.
   * Only Secrets that the operator has created are updated as a whole, and they have none.
   */
  private static KubernetesSerialization serialization() {
    KubernetesSerialization serialization =
        new KubernetesSerialization(
            new ObjectMapper(JsonBuffers.factory())
                .addMixIn(ObjectMeta.class, LeanMetadata.class)
                .registerModule(
                    new SimpleModule().addDeserializer(String.class, new SharedStrings())),
            true);
    // Otherwise each event of a watch is read as an object of an unknown kind first.
    Kinds.ALL.forEach(serialization::registerKubernetesResource);
    return serialization;
  }

  private static final class Connections extends OkHttpClientFactory {
    private final List<TlsVersion> versions;

    Connections(TlsVersion... versions) {
      this.versions = List.of(versions);
    }

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
      builder.connectionSpecs(
          Ciphers.connections(versions.stream().map(TlsVersion::javaName).toList()));
    }
  }

  @JsonIgnoreProperties("managedFields")
  private interface LeanMetadata {
    @SuppressWarnings("UnusedMethod") // Jackson reads its annotation.
    @JsonIgnoreProperties("kubectl.kubernetes.io/last-applied-configuration")
    Map<String, String> getAnnotations();
  }

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
