package dev.clinicnet.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The scopes of access tokens. Most of their names are those in the platform's public description
 * of its sign-in. The names for access tokens, Kubernetes operators, service users and vault
 * secrets are assumed.
 */
final class Scopes {
  /** What a credential needs to start an agent (documented). */
  static final String START_AGENT = "tunnel:start";

  private static final Pattern FORM = Pattern.compile("[a-z][a-z-]*(:[a-z][a-z-]*)+");

  /** What is in the scope, by the first segment of the path. Other paths need no scope here. */
  private static final Map<String, String> AREAS =
      Map.ofEntries(
          Map.entry("access_tokens", "access-tokens"),
          Map.entry("agent_ingresses", "agent-ingresses"),
          Map.entry("api_keys", "api-keys"),
          Map.entry("bot_users", "service-users"),
          Map.entry("certificate_authorities", "certificate-authorities"),
          Map.entry("credentials", "credentials"),
          Map.entry("endpoints", "endpoints"),
          Map.entry("event_destinations", "events"),
          Map.entry("event_subscriptions", "events"),
          Map.entry("ip_policies", "ip-policies"),
          Map.entry("ip_policy_rules", "ip-policies"),
          Map.entry("ip_restrictions", "ip-restrictions"),
          Map.entry("kubernetes_operators", "kubernetes-operators"),
          Map.entry("reserved_addrs", "tcp-addrs"),
          Map.entry("reserved_domains", "domains"),
          Map.entry("service_users", "service-users"),
          Map.entry("ssh_credentials", "ssh-credentials"),
          Map.entry("tls_certificates", "tls-certificates"),
          Map.entry("tunnel_sessions", "tunnel-sessions"),
          Map.entry("tunnels", "tunnels"),
          Map.entry("vault_secrets", "secrets"),
          Map.entry("vaults", "vaults"));

  /** Areas whose changes have another name than {@code write}. */
  private static final Set<String> MANAGED = Set.of("tunnel-sessions");

  private Scopes() {}

  /** The scope that a request needs; empty if any credential may make it. */
  static Optional<String> of(String method, String path) {
    List<String> parts = List.of(path.split("/", -1));
    return Optional.ofNullable(AREAS.get(parts.size() > 1 ? parts.get(1) : ""))
        .map(area -> area + ":" + right(method, area));
  }

  static boolean isScope(String text) {
    return FORM.matcher(text).matches();
  }

  private static String right(String method, String area) {
    if (method.equals("GET")) {
      return "read";
    }
    return MANAGED.contains(area) ? "manage" : "write";
  }
}
