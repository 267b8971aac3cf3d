package dev.clinicnet.operator.cli.session;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.ServiceRef;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.cluster.ClusterExit;
import dev.clinicnet.operator.cli.cluster.ClusterUser;
import dev.clinicnet.operator.cli.run.OptionValue;
import dev.clinicnet.operator.cli.run.OptionVariables;
import dev.clinicnet.operator.config.Durations;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code open}: opens an on-demand service for a while. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:The service is open.",
      "1:The cluster cannot be reached or does not know you.",
      "2:Wrong usage, or the kubeconfig cannot be used.",
      "4:There is no such service.",
      "5:You lack the right.",
      "6:The session was refused, by the operator or by the API server.",
      "7:The service was not open in the time of --wait. The session was withdrawn.",
      "130:Ctrl-C. The session was withdrawn."
    },
    sortOptions = false,
    description = {
      "Opens an on-demand service for a while, and prints where it is reached.",
      "It creates a ClinicSession as you. The session closes by itself when its time is over."
    })
public final class OpenCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SERVICE", description = "The name of the ClinicService.")
  private String service;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "1h",
      converter = OptionValue.Span.class,
      description = "How long it is open. Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for the record, such as 'ticket 4711'. Some services require it.")
  private String reason;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "2m",
      converter = OptionValue.Span.class,
      description =
          "How long to wait until it is open. After that, the session is deleted. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration patience;

  @Option(
      names = "--hold",
      description = "Stay until the session is over. Ctrl-C closes the session.")
  private boolean hold;

  @Mixin private ClusterUser user;

  private OpenCommand() {}

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment) {
    return new CommandLine(new OpenCommand())
        .setDefaultValueProvider(
            new OptionVariables(environment, Set.of("--for", "--reason", "--hold")));
  }

  @Override
  public Integer call() {
    return user.does(this::open, "the ClusterRole clinicnet-session-user");
  }

  private ClusterExit open(KubernetesClient client, String namespace) {
    ClinicSession created =
        client.resources(ClinicSession.class).inNamespace(namespace).resource(wanted()).create();
    String name = created.getMetadata().getName();
    Resource<ClinicSession> session =
        client.resources(ClinicSession.class).inNamespace(namespace).withName(name);
    try (Withdrawal withdrawal = Withdrawal.onCtrlC(session, user)) {
      user.tell("Session " + namespace + "/" + name + " is requested. Ctrl-C withdraws it.");
      ClinicSession decided;
      try {
        decided = await(session, outcome -> outcome != SessionOutcome.WAITING, patience);
      } catch (KubernetesClientTimeoutException e) {
        String why = SessionOutcome.why(session.get());
        session.delete();
        user.tell(
            "It was not open within " + Durations.text(patience) + " and is withdrawn: " + why);
        return ClusterExit.TIMEOUT;
      }
      if (withdrawal.hasBegun()) {
        return ClusterExit.INTERRUPTED;
      }
      if (SessionOutcome.of(decided) == SessionOutcome.NO_SERVICE) {
        session.delete();
        user.tell(
            "There is no ClinicService "
                + namespace
                + "/"
                + service
                + ": check the name and"
                + " --namespace. The session is withdrawn.");
        return ClusterExit.NOT_FOUND;
      }
      ClusterExit exit = report(namespace, name, decided);
      if (exit == ClusterExit.DONE && hold) {
        hold(session);
      }
      return exit;
    }
  }

  private void hold(Resource<ClinicSession> session) {
    try {
      await(session, outcome -> outcome != SessionOutcome.OPEN, duration.plus(patience));
      user.tell("The session is over.");
    } catch (KubernetesClientTimeoutException e) {
      user.tell("The time of the session is over. The operator has not said so yet: does it run?");
    }
  }

  private ClusterExit report(String namespace, String name, ClinicSession session) {
    switch (SessionOutcome.of(session)) {
      case OPEN -> {
        ClinicSessionStatus status = ClinicSessionStatus.of(session);
        user.print(status.publicURL() + "\n");
        user.tell("It is open until " + status.expiresAt() + ", and then closes by itself.");
        user.tell("To close it earlier: clinic-operator close " + name + " -n " + namespace);
        return ClusterExit.DONE;
      }
      case GONE -> user.tell("Somebody has deleted the session before it was open.");
      default -> user.tell("The session is refused. " + SessionOutcome.why(session));
    }
    return ClusterExit.REFUSED;
  }

  private static ClinicSession await(
      Resource<ClinicSession> session, Predicate<SessionOutcome> until, Duration atMost) {
    return session.waitUntilCondition(
        seen -> until.test(SessionOutcome.of(seen)), atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private ClinicSession wanted() {
    ClinicSession session = new ClinicSession();
    session.setMetadata(new ObjectMetaBuilder().withGenerateName(service + "-").build());
    session.setSpec(
        new ClinicSessionSpec(new ServiceRef(service), Durations.text(duration), reason));
    return session;
  }
}
