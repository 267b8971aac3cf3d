package dev.clinicnet.simulator.traffic;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the policies of endpoints. It holds the state that outlives a request: the counts of rate
 * limits. Policies are those that the platform has accepted. Safe for many threads.
 *
 * <p>A policy that cannot be read, or whose config or expression cannot be evaluated, is answered
 * with an error that names its place (2253). It is not documented what the platform does then.
 */
public final class TrafficPolicies {
  /**
   * The cookie by which {@code oauth} and {@code openid-connect} know the user. The platform's own
   * cookies are opaque.
   */
  public static final String SESSION_COOKIE = "simulator-session";

  private static final int CACHED_POLICIES = 200;

  private final TrafficAccount account;
  private final Actions actions = new Actions();
  private final BoundedCache<Policy> policies = new BoundedCache<>(CACHED_POLICIES);

  /** Policies that run on an account. */
  public TrafficPolicies(TrafficAccount account) {
    this.account = account;
  }

  /**
   * Runs the rules on connect.
   *
   * @throws IOException if the handshake failed or the connection broke
   * @throws Unmodelled if a rule that applies needs an unmodelled feature
   */
  public Connected connect(Endpoint endpoint, ClientConnection connection, ConnectEffects effects)
      throws IOException {
    Run run = new Run(Phase.CONNECT, endpoint, connection, account, Map.of());
    PhaseRules rules = new PhaseRules(actions, Effects.of(effects), effects::decided);
    Optional<Ending> ending = rules.run(run, this::policy);
    return new Connected(
        ending.map(TrafficPolicies::fate).orElse(Connected.Fate.GOES_ON),
        run.tls(),
        Map.copyOf(run.findings()));
  }

  /**
   * Runs the rules on a request, and those on its response if it comes from an upstream.
   *
   * @param connected the result of {@link #connect}, for the facts of TLS and variables; for an
   *     internal endpoint, that of the public one through which the request came
   * @throws ConnectionClosed if a rule closes the connection without a response
   * @throws IOException if the connection to the upstream broke
   * @throws Unmodelled if a rule that applies needs an unmodelled feature
   */
  public HTTPResponse request(
      Endpoint endpoint,
      ClientConnection connection,
      Connected connected,
      HTTPRequest request,
      RequestEffects effects)
      throws IOException {
    PhaseRules rules = new PhaseRules(actions, Effects.of(effects), effects::decided);
    Run run = new Run(Phase.REQUEST, endpoint, connection, account, connected.variables());
    connected.tls().ifPresent(run::tls);
    run.request(request);
    Optional<Ending> ending = rules.run(run, this::policy);
    Ending.Answered answered =
        ending.isPresent() ? (Ending.Answered) ending.get() : pass(run, effects);
    return answered.upstream() ? response(rules, run, answered.response()) : answered.response();
  }

  /** Forgets all counts. */
  public void reset() {
    actions.reset();
  }

  private Ending.Answered pass(Run run, RequestEffects effects) throws IOException {
    effects.decided(new Decision(run.endpoint().url(), "", "", ""));
    try {
      return new Ending.Answered(effects.pass(run.request().orElseThrow()), true);
    } catch (Unreachable e) {
      return new Ending.Answered(UnreachableResponse.of(e), false);
    }
  }

  private HTTPResponse response(PhaseRules rules, Run requested, HTTPResponse response)
      throws IOException {
    Run run = requested.onResponse(response);
    Optional<Ending> ending = rules.run(run, this::policy);
    return ending
        .map(Ending.Answered.class::cast)
        .map(Ending.Answered::response)
        .orElseGet(() -> run.response().orElseThrow());
  }

  private Policy policy(Endpoint endpoint) {
    return policies.get(endpoint.trafficPolicy(), Policy::parse);
  }

  private static Connected.Fate fate(Ending ending) {
    return ending instanceof Ending.Forwarded ? Connected.Fate.FORWARDED : Connected.Fate.REFUSED;
  }
}
