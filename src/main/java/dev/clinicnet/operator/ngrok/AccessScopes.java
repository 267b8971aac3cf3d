package dev.clinicnet.operator.ngrok;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The scopes that an access token needs for the operator's requests. The platform documents that a
 * token can do only what its scopes allow, and names most scopes in the public description of its
 * sign-in. The names for service users and for vault secrets are assumed. A refusal names the scope
 * that is missing, and that name counts more than these.
 */
public final class AccessScopes {
  /**
   * One scope.
   *
   * @param name such as {@code domains:read}
   * @param resource the first segment of the path that it is for
   * @param method {@code GET}, or {@code POST} for everything that changes something
   * @param when what needs it
   */
  public record Scope(String name, String resource, String method, String when) {}

  private static final String ALWAYS = "always";
  private static final String SECRETS =
      "services with a client secret or a password (`oauth`, `oidc`, `basicAuth`), or with"
          + " `internalLock` and `expose.https`";
  private static final String READ = "GET";
  private static final String WRITE = "POST";

  /** All scopes that a request of the operator can need, in the order of the documentation. */
  public static final List<Scope> ALL =
      List.of(
          new Scope("domains:read", "reserved_domains", READ, ALWAYS),
          new Scope("domains:write", "reserved_domains", WRITE, ALWAYS),
          new Scope("tcp-addrs:read", "reserved_addrs", READ, ALWAYS),
          new Scope("tcp-addrs:write", "reserved_addrs", WRITE, "services with `expose.tcp`"),
          new Scope("service-users:read", "service_users", READ, ALWAYS),
          new Scope("service-users:write", "service_users", WRITE, ALWAYS),
          new Scope("credentials:read", "credentials", READ, ALWAYS),
          new Scope("credentials:write", "credentials", WRITE, ALWAYS),
          new Scope("endpoints:read", "endpoints", READ, ALWAYS),
          new Scope("endpoints:write", "endpoints", WRITE, ALWAYS),
          new Scope("tunnel-sessions:read", "tunnel_sessions", READ, ALWAYS),
          new Scope("tunnel-sessions:manage", "tunnel_sessions", WRITE, ALWAYS),
          new Scope("vaults:read", "vaults", READ, SECRETS),
          new Scope("vaults:write", "vaults", WRITE, SECRETS),
          new Scope("secrets:read", "vault_secrets", READ, SECRETS),
          new Scope("secrets:write", "vault_secrets", WRITE, SECRETS),
          new Scope(
              "agent-ingresses:read", "agent_ingresses", READ, "Clinics with `agent.connectURL`"));

  private static final Pattern NAMED =
      Pattern.compile("[`'\"]([a-z][a-z-]{1,40}(?::[a-z][a-z-]{1,40}){1,3})[`'\"]");

  private AccessScopes() {}

  /** The scope that a request needs; empty for a request that the operator does not make. */
  static Optional<String> of(String method, String resource) {
    String path = resource.equals(NgrokClientOptions.BOT_USERS) ? "service_users" : resource;
    String kind = method.equals(READ) ? READ : WRITE;
    return matching(path, kind).map(Scope::name).findFirst();
  }

  private static Stream<Scope> matching(String path, String kind) {
    return ALL.stream()
        .filter(scope -> scope.resource().equals(path) && scope.method().equals(kind));
  }

  /** The scope that the platform quotes in its text; empty if nothing in it has that form. */
  static Optional<String> namedIn(String text) {
    Matcher found = NAMED.matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
