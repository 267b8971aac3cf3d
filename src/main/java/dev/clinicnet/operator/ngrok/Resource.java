package dev.clinicnet.operator.ngrok;

import java.util.List;
import java.util.function.Function;

/**
 * A kind of objects, and where the platform's API has it.
 *
 * @param path the path below the base URL, without a slash
 * @param listKey the member of a list answer that holds the rows
 * @param type the wire record of one object
 * @param word one object of the kind, for people
 * @param remark the change that writes another mark and nothing else; null where there are no marks
 * @param <C> the body that creates one; {@link Void} where this client never does
 * @param <U> the body that changes one; {@link Void} where this client never does
 */
@SuppressWarnings("UnusedTypeParameter") // C binds a body to its resource
public record Resource<T extends RemoteObject, C, U>(
    String path, String listKey, Class<T> type, String word, Function<String, U> remark) {

  public static final Resource<ReservedDomain, ReservedDomain.Create, ReservedDomain.Update>
      RESERVED_DOMAINS =
          new Resource<>(
              "reserved_domains",
              "reserved_domains",
              ReservedDomain.class,
              "domain",
              ReservedDomain.Update::mark);
  public static final Resource<ReservedAddr, ReservedAddr.Create, ReservedAddr.Update>
      RESERVED_ADDRS =
          new Resource<>(
              "reserved_addrs",
              "reserved_addrs",
              ReservedAddr.class,
              "TCP address",
              ReservedAddr.Update::mark);

  /** Service users; an older name of the same concept is bot users, chosen by configuration. */
  public static final Resource<ServiceUser, ServiceUser.Create, ServiceUser.Update> SERVICE_USERS =
      new Resource<>("service_users", "service_users", ServiceUser.class, "service user", null);

  public static final Resource<Credential, Credential.Create, Credential.Update> CREDENTIALS =
      new Resource<>(
          "credentials", "credentials", Credential.class, "credential", Credential.Update::mark);
  public static final Resource<Endpoint, Endpoint.Create, Endpoint.Update> ENDPOINTS =
      new Resource<>("endpoints", "endpoints", Endpoint.class, "endpoint", Endpoint.Update::mark);
  public static final Resource<TunnelSession, Void, Void> TUNNEL_SESSIONS =
      new Resource<>(
          "tunnel_sessions", "tunnel_sessions", TunnelSession.class, "agent session", null);
  public static final Resource<AgentIngress, Void, Void> AGENT_INGRESSES =
      new Resource<>("agent_ingresses", "ingresses", AgentIngress.class, "agent ingress", null);
  public static final Resource<Vault, Vault.Create, Vault.Update> VAULTS =
      new Resource<>("vaults", "vaults", Vault.class, "vault", Vault.Update::mark);
  public static final Resource<VaultSecret, VaultSecret.Create, VaultSecret.Update> VAULT_SECRETS =
      new Resource<>(
          "vault_secrets", "secrets", VaultSecret.class, "vault secret", VaultSecret.Update::mark);

  /** Every resource that the operator knows. */
  public static final List<Resource<?, ?, ?>> ALL =
      List.of(
          RESERVED_DOMAINS,
          RESERVED_ADDRS,
          SERVICE_USERS,
          CREDENTIALS,
          ENDPOINTS,
          TUNNEL_SESSIONS,
          AGENT_INGRESSES,
          VAULTS,
          VAULT_SECRETS);
}
