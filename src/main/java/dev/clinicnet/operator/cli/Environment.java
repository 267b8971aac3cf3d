package dev.clinicnet.operator.cli;

import dev.clinicnet.operator.controller.ClinicOperator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The surroundings of the process.
 *
 * @param variables its environment variables
 * @param serviceAccount the directory where a pod finds its account
 * @param terminal whether a person reads standard output on a terminal
 */
public record Environment(Map<String, String> variables, Path serviceAccount, boolean terminal) {
  private static final Path IN_A_POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  public Environment {
    variables = Map.copyOf(variables);
  }

  /** Surroundings without a terminal. */
  public Environment(Map<String, String> variables, Path serviceAccount) {
    this(variables, serviceAccount, false);
  }

  /** The surroundings of this process. */
  public static Environment ofThisProcess() {
    return new Environment(
        System.getenv(), IN_A_POD, Terminal.isAt(Terminal.STANDARD_OUTPUT).orElse(false));
  }

  /** A variable; empty when it is not set, or when its value is empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** The namespace of the pod; empty outside of a cluster. */
  public Optional<String> podNamespace() {
    return variable("POD_NAMESPACE").or(this::accountNamespace);
  }

  /** The name of this machine or pod. */
  public String hostName() {
    return variable("HOSTNAME").orElseGet(Environment::localHostName);
  }

  @Override
  public String toString() {
    return "Environment[" + variables.size() + " variables]";
  }

  private Optional<String> accountNamespace() {
    try {
      return Optional.of(Files.readString(serviceAccount.resolve("namespace")).strip())
          .filter(namespace -> !namespace.isEmpty());
    } catch (IOException outsideOfACluster) {
      return Optional.empty();
    }
  }

  private static String localHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return ClinicOperator.NAME;
    }
  }
}
