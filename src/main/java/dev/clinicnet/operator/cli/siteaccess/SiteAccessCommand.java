package dev.clinicnet.operator.cli.siteaccess;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.cluster.ClusterUser;
import dev.clinicnet.operator.cli.run.OptionValue;
import dev.clinicnet.operator.cli.run.OptionVariables;
import dev.clinicnet.operator.config.Durations;
import dev.clinicnet.operator.controller.KubernetesAccess;
import dev.clinicnet.operator.controller.RootCause;
import dev.clinicnet.operator.controller.StartFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code site-access}: prints the kubeconfig with which a site reads its site kit. */
@Command(
    name = "site-access",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:The kubeconfig or the manifests were printed.",
      "1:The cluster cannot be reached or refuses the request, or there is no such Clinic.",
      "2:Wrong usage, or your kubeconfig cannot be used.",
      "3:The ServiceAccount is missing, or may not do exactly what it must. Nothing was printed."
    },
    sortOptions = false,
    description = {
      "Prints a kubeconfig with which a site can read its own site kit, and nothing else.",
      "First apply what --manifests prints. The kubeconfig holds a token: keep it secret."
    })
public final class SiteAccessCommand implements Callable<Integer> {
  /** The API server issues no token for a shorter or a longer time. */
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  private static final Duration LONGEST = Duration.ofSeconds(1L << 32);

  /** How much earlier a token may expire than it was asked for. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private static final int NOT_FOUND = 404;

  @Parameters(index = "0", paramLabel = "CLINIC", description = "The name of the Clinic.")
  private String clinic;

  @Mixin private ClusterUser user;

  @Option(
      names = "--manifests",
      description = "Print the ServiceAccount, Role and RoleBinding of the site instead.")
  private boolean manifests;

  @Option(
      names = "--expires",
      paramLabel = "DURATION",
      defaultValue = "2160h",
      converter = OptionValue.Span.class,
      description =
          "How long the kubeconfig is valid. Default: ${DEFAULT-VALUE}, which is 90 days.")
  private Duration expires;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The URL at which the site reaches the API server. Default: that of the kubeconfig.")
  private String server;

  @Option(
      names = "--certificate-authority",
      paramLabel = "FILE",
      description =
          "The authorities of the certificate at --server (PEM). Default: those of the kubeconfig.")
  private Path authority;

  @Spec private CommandSpec spec;

  private SiteAccessCommand() {}

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment) {
    return new CommandLine(new SiteAccessCommand())
        .setDefaultValueProvider(new OptionVariables(environment));
  }

  @Override
  public Integer call() {
    requireSense();
    try {
      Config config = user.config();
      try (KubernetesClient client = KubernetesAccess.impatientClient(config)) {
        return print(config, client).code();
      }
    } catch (StartFailure e) {
      user.tell(e.getMessage());
      return SiteAccessExit.USAGE.code();
    } catch (KubernetesClientException e) {
      user.tell(
          "The API server did not do it ("
              + RootCause.of(e).replaceAll("\\s*\\R\\s*", " ")
              + "): it takes the rights to get clinics, and to create serviceaccounts/token");
      return SiteAccessExit.FAILED.code();
    }
  }

  private void requireSense() {
    if (!clinic.matches("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?")) {
      throw usage("'" + clinic + "' is not the name of a Clinic");
    } else if (expires.compareTo(SHORTEST) < 0 || expires.compareTo(LONGEST) > 0) {
      throw usage(
          "--expires: a token is valid for 10m at least, and for 1193046h at most, not for "
              + Durations.text(expires));
    } else if (server != null && !server.matches("https://[^\\s/?#@]+[^\\s?#@]*")) {
      throw usage("--server: '" + server + "' is not a URL such as https://api.example.com:6443");
    }
  }

  private SiteAccessExit print(Config config, KubernetesClient client) {
    String home = user.namespace(config);
    Clinic found = client.resources(Clinic.class).inNamespace(home).withName(clinic).get();
    if (found == null) {
      user.tell("There is no Clinic " + home + "/" + clinic + ": check the name and --namespace");
      return SiteAccessExit.FAILED;
    }
    SiteAccess access = SiteAccess.of(found);
    if (manifests) {
      user.print(
          access.manifests().stream()
              .map((HasMetadata object) -> Serialization.asYaml(object))
              .map(yaml -> yaml.startsWith("---") ? yaml : "---\n" + yaml)
              .collect(Collectors.joining()));
      return SiteAccessExit.DONE;
    }
    return printKubeconfig(config, client, access);
  }

  private SiteAccessExit printKubeconfig(
      Config config, KubernetesClient client, SiteAccess access) {
    String trusted = authority(config);
    String url = server != null ? server : config.getMasterUrl().replaceFirst("/+$", "");
    IssuedToken issued;
    try {
      issued = IssuedToken.request(client, access, expires);
    } catch (KubernetesClientException e) {
      if (e.getCode() != NOT_FOUND) {
        throw e;
      }
      user.tell("There is no ServiceAccount " + access.account() + ". " + remedy(access));
      return SiteAccessExit.RIGHTS_DIFFER;
    }
    Rights rights = issued.rights(config, access.namespace());
    if (!rights.mayGet(access.secret()) || !rights.beyond(access.secret()).isEmpty()) {
      user.tell(
          rights.beyond(access.secret()).isEmpty()
              ? access.account() + " may not get Secret " + access.secret() + ". " + remedy(access)
              : access.account()
                  + " may do more with Secrets than get "
                  + access.secret()
                  + ": "
                  + String.join("; ", rights.beyond(access.secret()))
                  + ". Remove what binds that to it");
      return SiteAccessExit.RIGHTS_DIFFER;
    }
    user.print(new Kubeconfig(access, url, trusted, issued.token(), issued.expires()).text());
    report(url, issued.expires(), rights.others());
    return SiteAccessExit.DONE;
  }

  private void report(String url, Instant end, List<String> others) {
    Instant now = Clock.systemUTC().instant();
    user.tell("The site reaches the cluster at " + url + ".");
    user.tell(
        "The kubeconfig expires at " + end + ", in " + words(Duration.between(now, end)) + ".");
    if (end.isBefore(now.plus(expires).minus(TOLERANCE))) {
      user.tell(
          "Warning: you asked for "
              + words(expires)
              + ". The API server allows no more: see its"
              + " --service-account-max-token-expiration.");
    }
    if (!others.isEmpty()) {
      user.tell("Warning: the cluster also lets it " + String.join("; ", others) + ".");
    }
  }

  private String authority(Config config) {
    if (authority == null && config.isTrustCerts()) {
      throw usage(
          "Your kubeconfig does not check the certificate of the API server: give"
              + " --certificate-authority FILE");
    }
    try {
      if (authority != null || config.getCaCertFile() != null) {
        Path file = authority != null ? authority : Path.of(config.getCaCertFile());
        return Base64.getEncoder().encodeToString(requirePem(Files.readAllBytes(file), file));
      }
    } catch (IOException e) {
      throw usage("The file with the certificate authorities cannot be read: check its path");
    }
    return config.getCaCertData();
  }

  private byte[] requirePem(byte[] text, Path file) {
    String pem = new String(text, StandardCharsets.ISO_8859_1);
    if (!pem.contains("-----BEGIN CERTIFICATE-----") || pem.contains("PRIVATE KEY")) {
      throw usage(file + " must hold certificates, and no private key");
    }
    return text;
  }

  private String remedy(SiteAccess access) {
    return "Apply what 'clinic-operator site-access "
        + access.clinic()
        + " --namespace "
        + access.namespace()
        + " --manifests' prints, and try again";
  }

  private static String words(Duration time) {
    long days = time.plusMinutes(1).toDays();
    return days > 1 ? days + " days" : Math.max(0, time.plusSeconds(1).toMinutes()) + " minutes";
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
