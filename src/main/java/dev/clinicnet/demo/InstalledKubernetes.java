package dev.clinicnet.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;

/** A real API server, with the CRDs and {@code deploy/base} applied as an administrator would. */
final class InstalledKubernetes implements DemoKubernetes {
  private static final String NAME = "clinic-operator";

  private final RealKubernetes kubernetes;
  private final KubernetesWrites writes = new KubernetesWrites();
  private final KubernetesClient operatorClient;

  private InstalledKubernetes(RealKubernetes kubernetes) {
    this.kubernetes = kubernetes;
    this.operatorClient = writes.client(kubernetes.clientOf(NAME, NAME, NAME).getConfiguration());
  }

  static InstalledKubernetes start() {
    RealKubernetes.build();
    RealKubernetes kubernetes = RealKubernetes.start();
    try {
      kubernetes.apply(Path.of("crds"));
      kubernetes.apply(Path.of("deploy/base"));
      return new InstalledKubernetes(kubernetes);
    } catch (RuntimeException e) {
      kubernetes.close();
      throw e;
    }
  }

  @Override
  public String description() {
    return "kube-apiserver "
        + kubernetes.adminClient().getKubernetesVersion().getGitVersion()
        + " at "
        + kubernetes.adminClient().getMasterUrl();
  }

  @Override
  public KubernetesClient adminClient() {
    return kubernetes.adminClient();
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
    return Optional.of(
        "KUBECONFIG="
            + kubernetes.adminKubeconfigFile()
            + " "
            + kubernetes.kubectlProgram()
            + " -n "
            + Demo.NAMESPACE
            + " get clinics,clinicservices,clinicsessions");
  }

  @Override
  public void close() {
    operatorClient.close();
    kubernetes.close();
  }
}
