package dev.clinicnet.operator.cli.session;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.cluster.ClusterExit;
import dev.clinicnet.operator.cli.cluster.ClusterUser;
import dev.clinicnet.operator.cli.run.OptionValue;
import dev.clinicnet.operator.cli.run.OptionVariables;
import dev.clinicnet.operator.config.Durations;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code close}: closes sessions before their time is over. */
@Command(
    name = "close",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:The sessions are closed.",
      "1:The cluster cannot be reached or does not know you.",
      "2:Wrong usage, or the kubeconfig cannot be used.",
      "4:There is no such session or service.",
      "5:You lack the right.",
      "7:The service was not closed in the time of --wait."
    },
    sortOptions = false,
    description = {
      "Closes a session, or all sessions of a service, before the time is over.",
      "It deletes the ClinicSession, and waits until the service is closed for it."
    })
public final class CloseCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private Which which;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "2m",
      converter = OptionValue.Span.class,
      description = "How long to wait until it is closed. Default: ${DEFAULT-VALUE}.")
  private Duration patience;

  @Mixin private ClusterUser user;

  private CloseCommand() {}

  private static final class Which {
    @Parameters(index = "0", paramLabel = "SESSION", description = "The name of a ClinicSession.")
    private String session;

    @Option(
        names = "--service",
        paramLabel = "SERVICE",
        description = "All sessions of this ClinicService, whoever opened them.")
    private String service;
  }

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment) {
    return new CommandLine(new CloseCommand())
        .setDefaultValueProvider(new OptionVariables(environment, Set.of("--service")));
  }

  @Override
  public Integer call() {
    return user.does(this::close, "the ClusterRole clinicnet-session-user");
  }

  private ClusterExit close(KubernetesClient client, String namespace) {
    var sessions = client.resources(ClinicSession.class).inNamespace(namespace);
    List<ClinicSession> found =
        which.session == null
            ? sessions.list().getItems().stream()
                .filter(session -> session.getSpec().serviceRef().name().equals(which.service))
                .filter(session -> !isOver(session))
                .toList()
            : List.of(sessions.withName(which.session)).stream()
                .map(Resource::get)
                .filter(Objects::nonNull)
                .toList();
    if (found.isEmpty()) {
      user.tell(
          which.session == null
              ? "No session of " + namespace + "/" + which.service + " is open"
              : "There is no session "
                  + namespace
                  + "/"
                  + which.session
                  + ": check the name and --namespace");
      return ClusterExit.NOT_FOUND;
    }
    ClusterExit worst = ClusterExit.DONE;
    for (ClinicSession session : found) {
      ClusterExit exit = close(session, sessions.withName(session.getMetadata().getName()));
      worst = exit == ClusterExit.DONE ? worst : exit;
    }
    return worst;
  }

  private ClusterExit close(ClinicSession session, Resource<ClinicSession> remote) {
    String name = session.getMetadata().getName();
    if (isOver(session)) {
      user.tell(
          "Session "
              + name
              + " is over already, since "
              + ClinicSessionStatus.of(session).closedAt()
              + ". It is kept as a record.");
      return ClusterExit.DONE;
    }
    remote.delete();
    try {
      remote.waitUntilCondition(Objects::isNull, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (KubernetesClientTimeoutException e) {
      user.tell(
          "Session "
              + name
              + " is deleted, but was not closed within "
              + Durations.text(patience)
              + ". Its time ends at "
              + ClinicSessionStatus.of(session).expiresAt()
              + " in any case. See 'clinic-operator status'");
      return ClusterExit.TIMEOUT;
    }
    user.print("Session " + name + " is closed.\n");
    return ClusterExit.DONE;
  }

  private static boolean isOver(ClinicSession session) {
    SessionPhase phase = ClinicSessionStatus.of(session).phase();
    return phase == SessionPhase.Closed || phase == SessionPhase.Failed;
  }
}
