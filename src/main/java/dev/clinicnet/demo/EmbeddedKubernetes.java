package dev.clinicnet.demo;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.logging.LogManager;

/**
 * fabric8's mock of the Kubernetes API in this process. It starts at once, checks no schema and no
 * rights, and does not serve kubectl. Its classes are only in a checkout, never in the jar.
 */
final class EmbeddedKubernetes implements DemoKubernetes {
  private final KubernetesMockServer server;
  private final KubernetesWrites writes = new KubernetesWrites();
  private final KubernetesClient adminClient;
  private final KubernetesClient operatorClient;

  private EmbeddedKubernetes(KubernetesMockServer server) {
    this.server = server;
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.url("/"))
            .withTrustCerts(true)
            .build();
    this.adminClient = new KubernetesWrites().client(config);
    this.operatorClient = writes.client(config);
  }

  static EmbeddedKubernetes start() {
    // The mock logs every request through java.util.logging.
    LogManager.getLogManager().reset();
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new ApplyDispatcher(), false);
    server.init();
    EmbeddedKubernetes kubernetes = new EmbeddedKubernetes(server);
    for (Path crd : Checkout.crds()) {
      // With the CRD, the mock knows the plural, and keeps the status separate from the spec.
      kubernetes.adminClient.resource(Checkout.read(crd, CustomResourceDefinition.class)).create();
    }
    return kubernetes;
  }

  @Override
  public String description() {
    return "embedded Kubernetes API at " + server.url("/");
  }

  @Override
  public KubernetesClient adminClient() {
    return adminClient;
  }

  @Override
  public KubernetesClient operatorClient() {
    return operatorClient;
  }

  @Override
  public int operatorWrites() {
    return writes.count();
  }

  @Override
  public Optional<String> kubectl() {
    return Optional.empty();
  }

  @Override
  public void close() {
    operatorClient.close();
    adminClient.close();
    server.destroy();
  }
}
