package dev.clinicnet.operator.cli.cluster;

import dev.clinicnet.operator.cli.run.OptionValue;
import dev.clinicnet.operator.controller.KubernetesAccess;
import dev.clinicnet.operator.controller.RootCause;
import dev.clinicnet.operator.controller.StartFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The person who runs a command: the cluster, the namespace, and what may go wrong there. */
public final class ClusterUser {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int INVALID = 422;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      converter = OptionValue.Namespace.class,
      description = "The namespace. Default: that of the kubeconfig.")
  private String namespace;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Your kubeconfig. Default: KUBECONFIG, otherwise ~/.kube/config.")
  private Path kubeconfig;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** A user; picocli fills in the options. */
  public ClusterUser() {}

  /** Something that a command does in a cluster. */
  @FunctionalInterface
  public interface Work {
    /** Does it in a namespace, and says how it ended. */
    ClusterExit in(KubernetesClient client, String namespace);
  }

  /** Whether {@code --namespace} was given. */
  public boolean choseNamespace() {
    return namespace != null;
  }

  /**
   * The cluster and the identity.
   *
   * @throws StartFailure when the kubeconfig cannot be used
   */
  public Config config() {
    return KubernetesAccess.config(kubeconfig);
  }

  /** The namespace that was chosen, or else that of the kubeconfig. */
  public String namespace(Config config) {
    String chosen = namespace != null ? namespace : config.getNamespace();
    return chosen == null ? "default" : chosen;
  }

  /**
   * Does something with the user's rights. A failure is one line that says what to do.
   *
   * @param role the ClusterRole, or the right, that the user may lack
   * @return the exit code
   */
  public int does(Work work, String role) {
    try {
      Config config = config();
      try (KubernetesClient client = KubernetesAccess.impatientClient(config)) {
        return work.in(client, namespace(config)).code();
      }
    } catch (StartFailure e) {
      tell(e.getMessage());
      return ClusterExit.USAGE.code();
    } catch (KubernetesClientException e) {
      return explain(e, role).code();
    }
  }

  private ClusterExit explain(KubernetesClientException e, String role) {
    String said = words(e);
    switch (e.getCode()) {
      case FORBIDDEN -> {
        tell("You may not do this (" + said + "): ask an administrator for " + role);
        return ClusterExit.FORBIDDEN;
      }
      case INVALID -> {
        tell("The API server refuses it: " + said);
        return ClusterExit.REFUSED;
      }
      case UNAUTHORIZED ->
          tell("The API server does not know you (" + said + "): log in, or renew the kubeconfig");
      case NOT_FOUND ->
          tell("The cluster does not have this (" + said + "): are the CRDs installed?");
      default ->
          tell("The API server cannot be reached, or fails (" + said + "): check the kubeconfig");
    }
    return ClusterExit.FAILED;
  }

  private static String words(KubernetesClientException e) {
    String said =
        e.getStatus() != null && e.getStatus().getMessage() != null
            ? e.getStatus().getMessage()
            : RootCause.of(e);
    return said.replaceAll("\\s*\\R\\s*", " ");
  }

  /** Prints something that a program should not read. */
  public void tell(String line) {
    spec.commandLine().getErr().println(line);
  }

  /** Prints the result. */
  public void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }
}
