package dev.clinicnet.operator.ngrok;

import java.util.List;

/**
 * A resource of the platform API.
 *
 * @param path the path below the base URL, without a slash
 * @param listKey the member of a list answer that holds the rows
 * @param type the wire record of one object
 * @param <C> the body that creates one; {@link Void} where this client never does
 * @param <U> the body that changes one; {@link Void} where this client never does
 */
@SuppressWarnings("UnusedTypeParameter") // they bind a body to its resource
public record Resource<T extends RemoteObject, C, U>(String path, String listKey, Class<T> type) {

  public static final Resource<ReservedDomain, ReservedDomain.Create, ReservedDomain.Update>
      RESERVED_DOMAINS =
          new Resource<>("reserved_domains", "reserved_domains", ReservedDomain.class);
  public static final Resource<ReservedAddr, ReservedAddr.Create, ReservedAddr.Update>
      RESERVED_ADDRS = new Resource<>("reserved_addrs", "reserved_addrs", ReservedAddr.class);

  /** Service users; an older name of the same concept is bot users, chosen by configuration. */
  public static final Resource<ServiceUser, ServiceUser.Create, Void> SERVICE_USERS =
      new Resource<>("service_users", "service_users", ServiceUser.class);

  public static final Resource<Credential, Credential.Create, Credential.Update> CREDENTIALS =
      new Resource<>("credentials", "credentials", Credential.class);
  public static final Resource<Endpoint, Endpoint.Create, Endpoint.Update> ENDPOINTS =
      new Resource<>("endpoints", "endpoints", Endpoint.class);
  public static final Resource<TunnelSession, Void, Void> TUNNEL_SESSIONS =
      new Resource<>("tunnel_sessions", "tunnel_sessions", TunnelSession.class);
  public static final Resource<AgentIngress, Void, Void> AGENT_INGRESSES =
      new Resource<>("agent_ingresses", "ingresses", AgentIngress.class);
  public static final Resource<Vault, Vault.Create, Vault.Update> VAULTS =
      new Resource<>("vaults", "vaults", Vault.class);
  public static final Resource<VaultSecret, VaultSecret.Create, VaultSecret.Update> VAULT_SECRETS =
      new Resource<>("vault_secrets", "secrets", VaultSecret.class);

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
