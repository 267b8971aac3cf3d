package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.attention.FleetState;
import dev.clinicnet.operator.attention.Need;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.cluster.ClusterExit;
import dev.clinicnet.operator.cli.cluster.ClusterUser;
import dev.clinicnet.operator.cli.run.OptionValue;
import dev.clinicnet.operator.cli.run.OptionVariables;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code status}: shows Clinics with what is wrong first, and what to do. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:Nothing that is shown needs somebody.",
      "1:The cluster cannot be reached or does not know you.",
      "2:Wrong usage, or the kubeconfig cannot be used.",
      "3:Something that is shown needs somebody.",
      "4:There is no such Clinic.",
      "5:You lack the right."
    },
    sortOptions = false,
    description = {
      "Shows a Clinic with what is wrong and what to do, or a table of all Clinics.",
      "It reads Clinics, ClinicServices and ClinicSessions, and no Secret."
    })
public final class StatusCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CLINIC",
      description = "The name of a Clinic. Without it: a table.")
  private String clinic;

  @Mixin private ClusterUser user;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "The Clinics of all namespaces.")
  private boolean everywhere;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      converter = OptionValue.AccountName.class,
      description =
          "Only the Clinics of this NgrokAccount; default for those that name none. Without it: of"
              + " all accounts.")
  private String account;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "human",
      description = "human or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Spec private CommandSpec spec;

  private StatusCommand(Environment environment) {
    this.environment = environment;
  }

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment) {
    return new CommandLine(new StatusCommand(environment))
        .setDefaultValueProvider(new OptionVariables(environment));
  }

  @Override
  public Integer call() {
    if (everywhere && (clinic != null || user.choseNamespace())) {
      throw new ParameterException(
          spec.commandLine(), "--all-namespaces goes with neither CLINIC nor --namespace");
    }
    return user.does(this::show, "the ClusterRole clinicnet-viewer");
  }

  private ClusterExit show(KubernetesClient client, String namespace) {
    List<Clinic> clinics = list(client, Clinic.class, namespace);
    List<ClinicService> services = list(client, ClinicService.class, namespace);
    List<ClinicSession> sessions = list(client, ClinicSession.class, namespace);
    FleetState fleet = FleetState.of(clinics, services, sessions, Clock.systemUTC().instant());
    if (account != null) {
      Set<String> accounts = new TreeSet<>();
      clinics.forEach(one -> accounts.add(one.getSpec().account()));
      if (!accounts.contains(account)) {
        user.tell(
            "There is no Clinic of the account "
                + account
                + " in "
                + place(namespace)
                + (accounts.isEmpty() ? "" : ", but of " + String.join(", ", accounts))
                + ": check --account and --namespace");
        return ClusterExit.NOT_FOUND;
      }
      fleet =
          new FleetState(
              fleet.clinics().stream()
                  .filter(state -> state.clinic().getSpec().account().equals(account))
                  .toList(),
              List.of());
    }
    if (clinic != null) {
      fleet =
          new FleetState(
              fleet.clinics().stream().filter(state -> state.name().equals(clinic)).toList(),
              List.of());
      if (fleet.clinics().isEmpty()) {
        user.tell(
            "There is no Clinic " + namespace + "/" + clinic + ": check the name and --namespace");
        return ClusterExit.NOT_FOUND;
      }
    }
    user.print(text(fleet, namespace));
    return fleet.need() == Need.SOMEBODY ? ClusterExit.NEEDS_SOMEBODY : ClusterExit.DONE;
  }

  private String text(FleetState fleet, String namespace) {
    Colours colours =
        Colours.of(
            environment.terminal(),
            environment.variable("NO_COLOR").orElse(""),
            environment.variable("TERM").orElse(""));
    if (output == OutputFormat.json) {
      return JSONOutput.text(fleet);
    } else if (clinic != null) {
      return TreeOutput.text(fleet.clinics().get(0), colours);
    } else if (fleet.clinics().isEmpty() && fleet.alone().isEmpty()) {
      return "There are no Clinics in " + place(namespace) + ".\n";
    }
    return TableOutput.text(fleet, colours);
  }

  private String place(String namespace) {
    return everywhere ? "any namespace" : "the namespace " + namespace;
  }

  private <T extends HasMetadata> List<T> list(
      KubernetesClient client, Class<T> kind, String namespace) {
    return everywhere
        ? client.resources(kind).inAnyNamespace().list().getItems()
        : client.resources(kind).inNamespace(namespace).list().getItems();
  }
}
