package dev.clinicnet.simulator.traffic;

import java.util.Map;

/** The modelled actions. */
final class Actions {
  private final RateLimits limits = new RateLimits();
  private final Map<String, Action> byType =
      Map.ofEntries(
          Map.entry("add-headers", new AddHeaders()),
          Map.entry("basic-auth", new BasicAuth()),
          Map.entry("close-connection", new CloseConnection()),
          Map.entry("custom-response", new CustomResponse()),
          Map.entry("deny", new Deny()),
          Map.entry("forward-internal", new ForwardInternal()),
          Map.entry("jwt-validation", new JwtValidation()),
          Map.entry("log", new Log()),
          Map.entry("oauth", new LoginAction("provider", "oauth")),
          Map.entry("openid-connect", new LoginAction("issuer_url", "oidc")),
          Map.entry("rate-limit", new RateLimit(limits)),
          Map.entry("redirect", new Redirect()),
          Map.entry("remove-headers", new RemoveHeaders()),
          Map.entry("restrict-ips", new RestrictIps()),
          Map.entry("set-vars", new SetVars()),
          Map.entry("terminate-tls", new TerminateTLS()),
          Map.entry("url-rewrite", new UrlRewrite()));

  /**
   * The action of a type.
   *
   * @throws Unmodelled if it is not modelled
   */
  Action of(String type, String rule) {
    Action action = byType.get(type);
    if (action == null) {
      throw new Unmodelled("the action \"" + type + "\" of the rule \"" + rule + "\"");
    }
    return action;
  }

  /** Forgets all counts. */
  void reset() {
    limits.reset();
  }
}
