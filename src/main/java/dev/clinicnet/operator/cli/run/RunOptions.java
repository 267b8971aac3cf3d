package dev.clinicnet.operator.cli.run;

import ch.qos.logback.classic.Level;
import dev.clinicnet.operator.account.WaveOptions;
import dev.clinicnet.operator.ngrok.AccountTime;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code run}, as the user gave them. */
final class RunOptions {
  @Mixin AccountOptions account = new AccountOptions();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "The kubeconfig with the cluster and the user. Default: the pod's own access, otherwise"
              + " KUBECONFIG, otherwise ~/.kube/config.")
  Path kubeconfig;

  @Option(
      names = "--namespaces",
      paramLabel = "NAMESPACE",
      split = ",",
      converter = OptionValue.Namespace.class,
      description = "The namespaces to watch, separated by commas. Default: all.")
  Set<String> namespaces = new LinkedHashSet<>();

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      converter = OptionValue.Instance.class,
      description =
          "The name of this installation, unique on the ngrok account. Never change it"
              + " later. Default: the uid of the namespace kube-system.")
  String instance;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      converter = OptionValue.Port.class,
      description =
          "Where /metrics, /livez and /readyz are served; 0: any free port. Default:"
              + " ${DEFAULT-VALUE}.")
  int httpPort;

  @Option(
      names = "--drift-interval",
      paramLabel = "DURATION",
      defaultValue = "10m",
      converter = OptionValue.Interval.class,
      description =
          "How often the whole account is listed and compared; at least 100ms. Default:"
              + " ${DEFAULT-VALUE}.")
  Duration driftInterval;

  @Option(
      names = "--agent-interval",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = OptionValue.Interval.class,
      description =
          "How often agents and endpoints are listed; at least 100ms. Default: ${DEFAULT-VALUE}.")
  Duration agentInterval;

  @Option(
      names = "--wave-threshold",
      paramLabel = "CLINICS",
      defaultValue = "10",
      converter = OptionValue.WaveThreshold.class,
      description =
          "From how many Clinics on a change of policies that no manifest asks for goes out by"
              + " waves; 0: never. Default: ${DEFAULT-VALUE}.")
  int waveThreshold;

  @Option(
      names = "--wave-portion",
      paramLabel = "PERCENT",
      defaultValue = "10",
      converter = OptionValue.Percent.class,
      description =
          "How many of the Clinics that such a change reaches are in one wave, in percent; at least"
              + " 5 Clinics. Default: ${DEFAULT-VALUE}.")
  int wavePortion;

  /** How a change goes out that reaches many Clinics. Its agents are listed during the pause. */
  WaveOptions waves() {
    return new WaveOptions(waveThreshold, wavePortion, agentInterval.multipliedBy(2));
  }

  @Option(
      names = "--remove-orphans",
      negatable = true,
      fallbackValue = "true",
      description =
          "Whether objects at ngrok with a mark of this installation and without a manifest are"
              + " removed after the undo window. Default: they are only reported.")
  boolean removeOrphans;

  @Option(
      names = "--session-retention",
      paramLabel = "DURATION",
      defaultValue = "720h",
      converter = OptionValue.Span.class,
      description =
          "How long ClinicSessions are kept as a record after their end; 0: not at all. Default:"
              + " ${DEFAULT-VALUE}.")
  Duration sessionRetention;

  @Option(
      names = "--leader-election",
      negatable = true,
      description =
          "Whether replicas elect a leader. Default: in a cluster, or with --lease-namespace.")
  Boolean leaderElection;

  @Option(
      names = "--lease-namespace",
      paramLabel = "NAMESPACE",
      converter = OptionValue.Namespace.class,
      description = "The namespace of the Lease. Default: the pod's own.")
  String leaseNamespace;

  @Option(
      names = "--lease-duration",
      paramLabel = "DURATION",
      defaultValue = "15s",
      converter = OptionValue.LeaseDuration.class,
      description =
          "How long after its last renewal of the Lease a leader is replaced: whole seconds, at least 3s."
              + " Default: ${DEFAULT-VALUE}.")
  Duration leaseDuration;

  @Option(
      names = "--dns-endpoints",
      negatable = true,
      fallbackValue = "true",
      description =
          "Whether each Clinic's DNS records are published as a DNSEndpoint, for external-dns."
              + " Default: they are not.")
  boolean dnsEndpoints;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      converter = OptionValue.LogLevel.class,
      description = "What is logged: error, warn, info, debug or trace. Default: ${DEFAULT-VALUE}.")
  Level logLevel;

  @Option(
      names = "--grants",
      negatable = true,
      description =
          "Whether the grants of the NgrokAccount default count. With --no-grants every namespace is"
              + " trusted, and the operator reads neither NgrokAccounts nor namespaces. Default:"
              + " they count.")
  Boolean grants;

  @Option(
      names = "--account-secrets-namespace",
      paramLabel = "NAMESPACE",
      converter = OptionValue.Namespace.class,
      description =
          "The namespace of the Secrets with the API keys of other accounts than the default one."
              + " Default: the pod's own.")
  String accountSecretsNamespace;

  @Option(
      names = "--object-metrics",
      negatable = true,
      fallbackValue = "true",
      description =
          "Whether metrics have series of their own for each object, with its namespace and name."
              + " Default: they count objects.")
  boolean objectMetrics;

  @Option(
      names = "--fleet-page-port",
      paramLabel = "PORT",
      converter = OptionValue.Port.class,
      description =
          "Where the fleet page is served; 0: any free port. It needs --fleet-page-access. Default:"
              + " there is no fleet page.")
  Integer fleetPagePort;

  @Option(
      names = "--fleet-page-access",
      paramLabel = "WAY",
      converter = OptionValue.FleetPageAccess.class,
      description =
          "How viewers of the fleet page log in: token (with a token of Kubernetes), or proxy (a"
              + " proxy logs them in). There is no default.")
  FleetPageChoice.Access fleetPageAccess;

  @Option(
      names = "--fleet-page-proxy-secret-file",
      paramLabel = "FILE",
      description =
          "With --fleet-page-access=proxy: a file with the secret by which the proxy shows itself,"
              + " read again for every request. At least 16 characters.")
  Path fleetPageProxySecret;

  @Option(
      names = "--runbook-url",
      paramLabel = "URL",
      converter = OptionValue.DirectoryUrl.class,
      description =
          "The directory of the alerts' runbooks, which the fleet page links to. Default: it links"
              + " to none.")
  URI runbookUrl;

  @Option(
      names = "--edge-address",
      paramLabel = "HOST:PORT",
      hidden = true,
      converter = OptionValue.HostAndPort.class,
      description = "The address of every public host of a clinic, in place of DNS.")
  InetSocketAddress edgeAddress;

  @Option(
      names = "--edge-ca-file",
      paramLabel = "FILE",
      hidden = true,
      description =
          "PEM certificates of the authorities to trust there. Default: those that Java trusts.")
  Path edgeAuthorities;

  @Option(
      names = "--account-time",
      paramLabel = "TIME",
      hidden = true,
      converter = OptionValue.FastTime.class,
      description =
          "For benches: how many times faster than real time the account's time passes, and since"
              + " when, as 10@2026-01-01T00:00:00Z.")
  AccountTime accountTime = AccountTime.REAL;
}
