package dev.clinicnet.operator.policy;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Builds policies whose rules run in the order of {@link Stage}. Every policy for a cloud endpoint
 * ends in an unconditional terminating action, else ngrok refuses it (2235), and has no rule after
 * one, which ngrok refuses too (2207).
 */
public final class PolicyBuilder {

  private static final int FORBIDDEN = 403;

  private final boolean https;
  private final Map<Stage, List<Rule>> stages = new EnumMap<>(Stage.class);

  private PolicyBuilder(boolean https) {
    this.https = https;
  }

  /**
   * A public https endpoint: addresses on connect; then ambiguous paths denied, paths not listed
   * denied, listed paths forwarded, the rest denied. Without {@code paths} (or with {@code /})
   * every request is forwarded as it is: where no path is closed there is nothing to get around,
   * and encoded slashes are part of many an API.
   *
   * @param forwardURL an http or https internal endpoint
   */
  public static TrafficPolicy https(
      List<String> allowCIDRs, List<String> denyCIDRs, List<String> paths, String forwardURL) {
    PolicyBuilder policy = new PolicyBuilder(true).addresses(allowCIDRs, denyCIDRs);
    PathRestriction restriction = PathRestriction.of(paths);
    Action forward = forward(forwardURL, Set.of("http", "https"));
    if (restriction.admitsEverything()) {
      return policy.add(Stage.FORWARD, Rule.always("forward", forward)).build();
    }
    return policy
        .denyPaths(restriction)
        .add(Stage.FORWARD, Rule.when("forward listed paths", restriction.listed(), forward))
        .add(Stage.FINAL_DENIAL, Rule.always("deny everything else", deny()))
        .build();
  }

  /**
   * A public tcp endpoint: addresses, then the forward.
   *
   * @param forwardURL a tcp internal endpoint
   */
  public static TrafficPolicy tcp(
      List<String> allowCIDRs, List<String> denyCIDRs, String forwardURL) {
    return new PolicyBuilder(false)
        .addresses(allowCIDRs, denyCIDRs)
        .add(Stage.FORWARD, Rule.always("forward", forward(forwardURL, Set.of("tcp"))))
        .build();
  }

  /**
   * A public tls endpoint that nobody at ngrok looks into: addresses, then the forward.
   *
   * @param forwardURL a tls internal endpoint
   */
  public static TrafficPolicy tls(
      List<String> allowCIDRs, List<String> denyCIDRs, String forwardURL) {
    return new PolicyBuilder(false)
        .addresses(allowCIDRs, denyCIDRs)
        .add(Stage.FORWARD, Rule.always("forward", forward(forwardURL, Set.of("tls"))))
        .build();
  }

  /**
   * For an internal http or https endpoint of an agent: paths not listed are denied, the others
   * reach the upstream. Such a policy need not end in a terminating action, and may not have rules
   * on connect (2262).
   */
  public static TrafficPolicy agentPaths(List<String> paths) {
    PathRestriction restriction = PathRestriction.of(paths);
    PolicyBuilder policy = new PolicyBuilder(true);
    return (restriction.admitsEverything() ? policy : policy.denyPaths(restriction)).build();
  }

  /** Rules of one stage run in the order in which they are added. */
  PolicyBuilder add(Stage stage, Rule rule) {
    stages.computeIfAbsent(stage, s -> new ArrayList<>()).add(rule);
    return this;
  }

  TrafficPolicy build() {
    return build(List.of(Stage.values()));
  }

  /** With another order, for tests that show what the order is good for. */
  TrafficPolicy build(List<Stage> order) {
    Map<Phase, List<Rule>> phases = new EnumMap<>(Phase.class);
    for (Stage stage : order) {
      Phase phase = https ? stage.onHttps() : Phase.ON_TCP_CONNECT;
      phases
          .computeIfAbsent(phase, p -> new ArrayList<>())
          .addAll(stages.getOrDefault(stage, List.of()));
    }
    return new TrafficPolicy(phases);
  }

  static PolicyBuilder forHttps() {
    return new PolicyBuilder(true);
  }

  static PolicyBuilder forTcp() {
    return new PolicyBuilder(false);
  }

  private PolicyBuilder addresses(List<String> allowCIDRs, List<String> denyCIDRs) {
    AddressRestriction.of(allowCIDRs, denyCIDRs)
        .action()
        .ifPresent(
            action -> add(Stage.ADDRESS_RESTRICTION, Rule.always("restrict addresses", action)));
    return this;
  }

  private PolicyBuilder denyPaths(PathRestriction restriction) {
    return add(
            Stage.PATH_DENIAL,
            Rule.when("deny ambiguous paths", PathRestriction.ambiguous(), deny()))
        .add(
            Stage.PATH_DENIAL, Rule.when("deny paths not listed", restriction.notListed(), deny()));
  }

  private static Action deny() {
    return new Action("deny", Map.of("status_code", FORBIDDEN));
  }

  /** The target must be internal and of the same family of protocols, else ngrok refuses it. */
  private static Action forward(String url, Set<String> schemes) {
    Cel.refuseInterpolation(url);
    if (!isInternal(url, schemes)) {
      throw new IllegalArgumentException(
          "\"%s\" is no internal endpoint to forward to; it needs scheme %s and a host under .internal"
              .formatted(url, String.join(" or ", schemes.stream().sorted().toList())));
    }
    return new Action("forward-internal", Map.of("url", url));
  }

  private static boolean isInternal(String url, Set<String> schemes) {
    try {
      URI uri = URI.create(url);
      return uri.getScheme() != null
          && schemes.contains(uri.getScheme())
          && uri.getHost() != null
          && uri.getHost().toLowerCase(Locale.ROOT).endsWith(".internal");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
