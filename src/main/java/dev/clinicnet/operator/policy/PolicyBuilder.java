package dev.clinicnet.operator.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builds policies whose rules run in the order of {@link Stage}. Every policy for a cloud endpoint
 * ends in an unconditional terminating action, and has no rule after it. ngrok refuses any other
 * policy (2235, 2207).
 */
public final class PolicyBuilder {

  private static final int FORBIDDEN = 403;

  private final boolean https;
  private final Map<Stage, List<Rule>> stages = new EnumMap<>(Stage.class);
  private final Map<Phase, List<Rule>> raw = new EnumMap<>(Phase.class);
  private boolean forwardsByHand;

  private PolicyBuilder(boolean https) {
    this.https = https;
  }

  /**
   * A public https endpoint: addresses and certificates on connect; then the rate, ambiguous paths
   * denied, paths not listed denied, the login, its users, rules written by hand, listed paths
   * forwarded, the rest denied. Without {@code paths} (or with {@code /}) every request is
   * forwarded as it is: no path is closed, so no path can be used to get around a check, and many
   * APIs use encoded slashes.
   *
   * @param raw rules written by hand, by phase; empty for none
   * @param forward an http or https internal endpoint
   */
  public static TrafficPolicy https(
      AccessPolicy access, List<String> paths, Map<Phase, List<Rule>> raw, Forward forward) {
    return forHttps(access, paths, raw, forward).build();
  }

  static PolicyBuilder forHttps(
      AccessPolicy access, List<String> paths, Map<Phase, List<Rule>> raw, Forward forward) {
    List<Action> end = new ArrayList<>(unlocking(forward));
    end.add(forward(forward, Set.of("http", "https")));
    PolicyBuilder policy = new PolicyBuilder(true).access(access).rawRules(raw, end);
    PathRestriction restriction = PathRestriction.of(paths);
    // The condition names the users who may come in, and not only those who may not. So an
    // expression that ngrok cannot evaluate, for example for a user without an e-mail address,
    // forwards nothing.
    List<String> conditions = new ArrayList<>();
    access.login().flatMap(Login::users).ifPresent(conditions::add);
    if (!restriction.admitsEverything()) {
      policy.denyPaths(restriction);
      conditions.add(restriction.listed());
    }
    if (policy.forwardsByHand) {
      if (!conditions.isEmpty()) {
        throw new IllegalArgumentException(
            "forward-internal in rules written by hand cannot stand beside paths or users that the"
                + " forward depends on");
      }
      return policy.endByHand(Phase.ON_HTTP_REQUEST);
    }
    return conditions.isEmpty()
        ? policy.add(Stage.FORWARD, new Rule("forward", List.of(), end))
        : policy
            .add(Stage.FORWARD, new Rule("forward what is allowed", conditions, end))
            .add(Stage.FINAL_DENIAL, Rule.always("deny everything else", deny()));
  }

  /**
   * A public tcp endpoint: addresses, rules written by hand, then the forward.
   *
   * @param raw rules on connect, written by hand; empty for none
   * @param forward a tcp internal endpoint
   */
  public static TrafficPolicy tcp(
      AccessPolicy access, Map<Phase, List<Rule>> raw, Forward forward) {
    return onConnect(access, raw, forward(forward, Set.of("tcp")));
  }

  /**
   * A public tls endpoint that ngrok does not decrypt: addresses, rules written by hand, then the
   * forward.
   *
   * @param raw rules on connect, written by hand; empty for none
   * @param forward a tls internal endpoint
   */
  public static TrafficPolicy tls(
      AccessPolicy access, Map<Phase, List<Rule>> raw, Forward forward) {
    return onConnect(access, raw, forward(forward, Set.of("tls")));
  }

  private static TrafficPolicy onConnect(
      AccessPolicy access, Map<Phase, List<Rule>> raw, Action end) {
    PolicyBuilder policy = new PolicyBuilder(false).access(access).rawRules(raw, List.of(end));
    return policy.forwardsByHand
        ? policy.endByHand(Phase.ON_TCP_CONNECT).build()
        : policy.add(Stage.FORWARD, Rule.always("forward", end)).build();
  }

  /**
   * The policy of an internal http or https endpoint of an agent: paths that are not listed are
   * denied, the others reach the upstream. Such a policy need not end in a terminating action, and
   * may not have rules on connect (2262).
   */
  public static TrafficPolicy agentPaths(List<String> paths) {
    PathRestriction restriction = PathRestriction.of(paths);
    PolicyBuilder policy = new PolicyBuilder(true);
    return (restriction.admitsEverything() ? policy : policy.denyPaths(restriction)).build();
  }

  /**
   * A policy for an internal http or https endpoint of an agent that asks for a password first.
   * Without the password, nothing else is checked.
   *
   * @param password 8 to 128 characters, which ngrok must take as they are
   */
  public static TrafficPolicy behindPassword(TrafficPolicy policy, String user, String password) {
    Map<Phase, List<Rule>> phases = new EnumMap<>(Phase.class);
    phases.putAll(policy.phases());
    List<Rule> rules = new ArrayList<>();
    rules.add(
        Rule.always(
            "ask for the password", Login.basicAuth(user, Map.of(user, password)).action()));
    rules.addAll(policy.rules(Phase.ON_HTTP_REQUEST));
    phases.put(Phase.ON_HTTP_REQUEST, rules);
    return new TrafficPolicy(phases);
  }

  /**
   * The policy of an internal http or https endpoint of an agent that admits only requests which
   * carry a secret. The secret is taken off before the upstream. A request without the header is
   * refused before anything is hashed.
   *
   * @param admitted the SHA-256 of each secret that opens it, in hexadecimal; not empty
   */
  public static TrafficPolicy behindLock(List<String> admitted) {
    String header = Cel.quote(Forward.LOCK_HEADER);
    String opened =
        "%s in req.headers && req.headers[%s].exists(value, hash.sha256(value) in [%s])"
            .formatted(
                header,
                header,
                admitted.stream().map(Cel::quote).collect(Collectors.joining(", ")));
    return new TrafficPolicy(
        Map.of(
            Phase.ON_HTTP_REQUEST,
            List.of(
                Rule.when(
                    "deny what did not pass the public endpoint", "!(" + opened + ")", deny()),
                Rule.always(
                    "take the secret off",
                    new Action(
                        "remove-headers", Map.of("headers", List.of(Forward.LOCK_HEADER)))))));
  }

  /**
   * A public https endpoint for one client, which has a certificate. On connect, addresses and the
   * certificate are checked. Then ambiguous paths, other paths and other methods are denied, and
   * the rest is forwarded.
   *
   * @param forward an http or https internal endpoint
   */
  public static TrafficPolicy oneClient(
      AddressRestriction addresses,
      ClientCertificates certificates,
      List<String> methods,
      List<String> paths,
      Forward forward) {
    AccessPolicy access = AccessPolicy.ANYBODY.with(addresses).with(certificates);
    String others =
        "!(req.method in [%s])"
            .formatted(methods.stream().map(Cel::quote).collect(Collectors.joining(", ")));
    return forHttps(access, paths, Map.of(), forward)
        .add(Stage.PATH_DENIAL, Rule.when("deny other methods", others, deny()))
        .build();
  }

  /** Rules of one stage run in the order in which they are added. */
  PolicyBuilder add(Stage stage, Rule rule) {
    stages.computeIfAbsent(stage, s -> new ArrayList<>()).add(rule);
    return this;
  }

  /**
   * Rules written by hand, each in the phase that its author chose. On connect they come after
   * addresses and TLS, on a request between authorisation and the forward. On a response there are
   * no other rules. A forward among them says where the forward of the policy stands; its URL is
   * filled in.
   *
   * @param end the forward of the policy, with what must come directly before it
   * @throws IllegalArgumentException for a phase that the endpoint does not have, and for a forward
   *     with a URL
   */
  PolicyBuilder rawRules(Map<Phase, List<Rule>> rules, List<Action> end) {
    rules.forEach(
        (phase, list) -> {
          if (!https && phase != Phase.ON_TCP_CONNECT) {
            throw new IllegalArgumentException(
                phase.key() + ": the endpoint has on_tcp_connect only; move the rules there");
          }
          List<Rule> all = raw.computeIfAbsent(phase, p -> new ArrayList<>());
          list.forEach(rule -> all.add(leadingTo(end, rule, phase)));
        });
    return this;
  }

  private Rule leadingTo(List<Action> end, Rule rule, Phase phase) {
    List<Action> actions = new ArrayList<>();
    for (Action action : rule.actions()) {
      if (action.forwards()) {
        if (action.config().containsKey("url") || (phase != Stage.FORWARD.onHttps() && https)) {
          throw new IllegalArgumentException(
              phase.key() + ": a rule written by hand may not choose where forward-internal leads");
        }
        forwardsByHand = true;
        Map<String, Object> config = new LinkedHashMap<>(action.config());
        config.putAll(end.get(end.size() - 1).config());
        actions.addAll(end.subList(0, end.size() - 1));
        actions.add(new Action(Action.FORWARD, config));
      } else {
        actions.add(action);
      }
    }
    return new Rule(rule.name(), rule.expressions(), actions);
  }

  /** Rules written by hand that have the forward may leave clients over, who are denied. */
  private PolicyBuilder endByHand(Phase phase) {
    List<Rule> rules = raw.get(phase);
    return rules.get(rules.size() - 1).endsForEverybody()
        ? this
        : add(Stage.FINAL_DENIAL, Rule.always("deny everything else", denial(phase)));
  }

  private static Action denial(Phase phase) {
    return phase == Phase.ON_HTTP_REQUEST ? deny() : new Action("deny", Map.of());
  }

  TrafficPolicy build() {
    return build(List.of(Stage.values()));
  }

  /** A builder with another order, for tests that show why the order matters. */
  TrafficPolicy build(List<Stage> order) {
    Map<Phase, List<Rule>> phases = new EnumMap<>(Phase.class);
    for (Stage stage : order) {
      Phase phase = https ? stage.onHttps() : Phase.ON_TCP_CONNECT;
      phases
          .computeIfAbsent(phase, p -> new ArrayList<>())
          .addAll(stages.getOrDefault(stage, List.of()));
      if (stage == Stage.RAW_RULES) {
        raw.forEach(
            (rawPhase, rules) ->
                phases.computeIfAbsent(rawPhase, p -> new ArrayList<>()).addAll(rules));
      }
    }
    return new TrafficPolicy(phases);
  }

  static PolicyBuilder forHttps() {
    return new PolicyBuilder(true);
  }

  static PolicyBuilder forTcp() {
    return new PolicyBuilder(false);
  }

  private PolicyBuilder access(AccessPolicy access) {
    access.addresses().action().ifPresent(a -> always(Stage.ADDRESS_RESTRICTION, "addresses", a));
    access
        .certificates()
        .ifPresent(certificates -> always(Stage.TLS, "certificates", certificates.action()));
    access.rate().ifPresent(rate -> always(Stage.RATE_LIMIT, "rate", rate.action()));
    access.login().ifPresent(login -> always(Stage.AUTHENTICATION, "login", login.action()));
    access
        .login()
        .flatMap(Login::users)
        .ifPresent(
            users ->
                add(
                    Stage.AUTHORISATION,
                    Rule.when("deny other users", "!(" + users + ")", deny())));
    return this;
  }

  private void always(Stage stage, String what, Action action) {
    add(stage, Rule.always("restrict " + what, action));
  }

  private PolicyBuilder denyPaths(PathRestriction restriction) {
    return add(
            Stage.PATH_DENIAL,
            Rule.when("deny ambiguous paths", PathRestriction.ambiguous(), deny()))
        .add(
            Stage.PATH_DENIAL, Rule.when("deny paths not listed", restriction.notListed(), deny()));
  }

  static Action deny() {
    return new Action("deny", Map.of("status_code", FORBIDDEN));
  }

  /**
   * The secret for the lock of the internal endpoint, in place of what a client has sent under the
   * same name. It stands in the rule of the forward, so that no request gets it that goes
   * elsewhere.
   */
  private static List<Action> unlocking(Forward forward) {
    return forward.lock() == null
        ? List.of()
        : List.of(
            new Action("remove-headers", Map.of("headers", List.of(Forward.LOCK_HEADER))),
            new Action(
                "add-headers", Map.of("headers", Map.of(Forward.LOCK_HEADER, forward.lock()))));
  }

  /** ngrok refuses a target of another family of protocols. */
  private static Action forward(Forward forward, Set<String> schemes) {
    if (!schemes.contains(forward.scheme())) {
      throw new IllegalArgumentException(
          "\"%s\" is not an internal endpoint to forward to; it needs scheme %s"
              .formatted(forward.url(), String.join(" or ", schemes.stream().sorted().toList())));
    }
    return new Action(Action.FORWARD, Map.of("url", forward.url()));
  }
}
