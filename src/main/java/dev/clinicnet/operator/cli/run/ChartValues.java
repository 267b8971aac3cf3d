package dev.clinicnet.operator.cli.run;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/** The names of the options of {@code run} in the chart's values. */
public final class ChartValues {
  private static final Map<String, String> RENAMED =
      Map.of(
          "--ngrok-api-key-file", "apiKey",
          "--namespaces", "watchNamespaces",
          "--leader-election", "leaderElection.enabled",
          "--grants", "grants.enabled",
          "--dns-endpoints", "dnsEndpoints.enabled",
          "--fleet-page-port", "fleetPage.port",
          "--fleet-page-access", "fleetPage.access",
          "--fleet-page-proxy-secret-file", "fleetPage.proxySecret",
          "--runbook-url", "metrics.prometheusRule.runbookURL");

  /** Options that a pod gets from its surroundings. extraArgs can also set them. */
  private static final Set<String> OF_THE_POD =
      Set.of("--kubeconfig", "--lease-namespace", "--account-secrets-namespace");

  private ChartValues() {}

  /** The value that the chart passes on as this option; empty if only extraArgs can set it. */
  public static Optional<String> of(OptionSpec option) {
    String name = option.longestName();
    boolean isHelp = option.usageHelp() || option.versionHelp();
    return isHelp || option.hidden() || OF_THE_POD.contains(name)
        ? Optional.empty()
        : Optional.of(RENAMED.getOrDefault(name, camelCase(name)));
  }

  private static String camelCase(String name) {
    return Pattern.compile("-(.)")
        .matcher(name.substring(2))
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}
