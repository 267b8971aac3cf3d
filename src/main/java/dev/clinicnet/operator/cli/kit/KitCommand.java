package dev.clinicnet.operator.cli.kit;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.cluster.ClusterExit;
import dev.clinicnet.operator.cli.cluster.ClusterUser;
import dev.clinicnet.operator.cli.run.OptionVariables;
import dev.clinicnet.operator.clinic.SiteKitSecret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kit}: writes the site kit of a Clinic to a directory. */
@Command(
    name = "kit",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:The files were written.",
      "1:The cluster cannot be reached or does not know you, or a file cannot be written.",
      "2:Wrong usage, or the kubeconfig cannot be used.",
      "4:There is no such Clinic, or its site kit does not exist yet.",
      "5:You lack the right.",
      "6:The directory has other files, so nothing was written."
    },
    sortOptions = false,
    description = {
      "Writes the site kit of a Clinic to a directory that only you may read.",
      "The file ngrok.yml holds the authtoken of the site. Nothing of it is printed."
    })
public final class KitCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "CLINIC", description = "The name of the Clinic.")
  private String clinic;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "The directory. It is created, with mode 0700; the files have mode 0600.")
  private Path to;

  @Option(
      names = "--force",
      description = "Also replace files that are not of an earlier site kit of this Clinic.")
  private boolean force;

  @Mixin private ClusterUser user;

  private KitCommand() {}

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment) {
    return new CommandLine(new KitCommand())
        .setDefaultValueProvider(new OptionVariables(environment, Set.of("--to", "--force")));
  }

  @Override
  public Integer call() {
    return user.does(this::write, "the rights to get the Clinic and the Secret of its site kit");
  }

  private ClusterExit write(KubernetesClient client, String namespace) {
    Clinic found = client.resources(Clinic.class).inNamespace(namespace).withName(clinic).get();
    if (found == null) {
      user.tell(
          "There is no Clinic " + namespace + "/" + clinic + ": check the name and --namespace");
      return ClusterExit.NOT_FOUND;
    }
    String name = ClinicNames.siteKitSecret(found);
    SiteKitSecret secret =
        SiteKitSecret.of(
            Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get()),
            ClinicNames.path(found));
    if (secret.isAbsent() || secret.foreign() || secret.token().isEmpty()) {
      user.tell(
          "The site kit of Clinic "
              + ClinicNames.path(found)
              + " does not exist yet, or has no token yet: see 'clinic-operator status "
              + clinic
              + " -n "
              + namespace
              + "'");
      return ClusterExit.NOT_FOUND;
    }
    return write(SiteKit.of(secret, ClinicNames.path(found)));
  }

  private ClusterExit write(SiteKit kit) {
    KitDirectory directory = new KitDirectory(to);
    try {
      Optional<String> obstacle = force ? Optional.empty() : directory.obstacle(kit);
      if (obstacle.isPresent()) {
        user.tell(obstacle.get() + ": give another directory, or --force");
        return ClusterExit.REFUSED;
      }
      directory.write(kit);
      if (directory.isOpenToOthers()) {
        user.tell("Warning: others may replace files in " + to + ". Use a directory of your own.");
      }
    } catch (IOException | UnsupportedOperationException e) {
      user.tell(
          "The site kit cannot be written to "
              + to
              + " ("
              + e
              + "): check its owner and its rights");
      return ClusterExit.FAILED;
    }
    user.print(
        "Wrote the site kit of Clinic %s to %s: %s\n"
            .formatted(kit.clinic(), to, String.join(", ", kit.files().keySet())));
    user.tell("ngrok.yml holds the site's token: bring it to the agent, and keep no copy.");
    return ClusterExit.DONE;
  }
}
