package dev.clinicnet.operator.ngrok;

import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A kind of objects, with everything that the operator must know about the kind.
 *
 * @param path the path below the base URL, without a slash
 * @param listKey the member of a list answer that holds the rows
 * @param type the wire record of one object
 * @param word one object of the kind, for people
 * @param traits the properties of the kind
 * @param audience the manifests to requeue when an object has changed that no manifest is known to
 *     own
 * @param compared the fields that the operator writes, and therefore compares with what is listed;
 *     without those that the platform never changes or never shows
 * @param remark the change that writes another mark and nothing else; null where there are no marks
 * @param <C> the body that creates one; {@link Void} where this client never does
 * @param <U> the body that changes one; {@link Changes} where this client never does
 */
@SuppressWarnings("UnusedTypeParameter") // C binds a body to its resource
public record Resource<T extends RemoteObject, C, U extends Changes>(
    String path,
    String listKey,
    Class<T> type,
    String word,
    Set<Trait> traits,
    Audience audience,
    List<String> compared,
    Function<String, U> remark) {

  /** A property of a kind. */
  public enum Trait {
    /** Each object carries the mark of one manifest, and is an orphan when the manifest is gone. */
    OWNED,
    /** An object is a name that could be lost, so the undo window keeps it for a while. */
    KEPT,
    /** Several manifests may want the same object, and the first of them creates it for all. */
    SHARED,
    /**
     * A creation is recorded in Kubernetes before the request, because objects of the kind have no
     * unique name, or because an object must always be found and deleted later.
     */
    JOURNALED
  }

  /** The manifests that a change of an object concerns. */
  public enum Audience {
    /** All manifests, because one may wait for its name. */
    EVERYBODY,
    /** The Clinic whose credential is its parent. */
    CLINIC_OF_CREDENTIAL,
    /** The Clinic whose agent session is its parent, and those that may have bound its URL. */
    BINDERS,
    /** The services that have a secret in the vault. */
    VAULT_USERS,
    /** Manifests that wait for its name were refused, and are requeued as such. */
    NOBODY
  }

  public static final Resource<Endpoint, Endpoint.Create, Endpoint.Update> ENDPOINTS =
      new Resource<>(
          "endpoints",
          "endpoints",
          Endpoint.class,
          "endpoint",
          Set.of(Trait.OWNED),
          Audience.BINDERS,
          List.of(
              Field.DELETED,
              Field.URL,
              Field.BINDINGS,
              Field.POOLING,
              Field.DESCRIPTION,
              Field.METADATA,
              Field.POLICY),
          mark -> new Endpoint.Update(null, null, null, null, mark, null));

  public static final Resource<VaultSecret, VaultSecret.Create, VaultSecret.Update> VAULT_SECRETS =
      new Resource<>(
          "vault_secrets",
          "secrets",
          VaultSecret.class,
          "vault secret",
          Set.of(Trait.OWNED, Trait.JOURNALED),
          Audience.NOBODY,
          List.of(Field.DELETED, Field.NAME, Field.DESCRIPTION, Field.METADATA),
          mark -> new VaultSecret.Update(null, null, null, mark));

  public static final Resource<Vault, Vault.Create, Vault.Update> VAULTS =
      new Resource<>(
          "vaults",
          "vaults",
          Vault.class,
          "vault",
          Set.of(Trait.SHARED),
          Audience.VAULT_USERS,
          List.of(Field.DELETED, Field.NAME, Field.DESCRIPTION, Field.METADATA),
          mark -> new Vault.Update(null, null, mark));

  public static final Resource<ReservedDomain, ReservedDomain.Create, ReservedDomain.Update>
      RESERVED_DOMAINS =
          new Resource<>(
              "reserved_domains",
              "reserved_domains",
              ReservedDomain.class,
              "domain",
              Set.of(Trait.OWNED, Trait.KEPT, Trait.SHARED),
              Audience.EVERYBODY,
              List.of(Field.DELETED, Field.DESCRIPTION, Field.METADATA),
              mark -> new ReservedDomain.Update(null, mark));

  public static final Resource<ReservedAddr, ReservedAddr.Create, ReservedAddr.Update>
      RESERVED_ADDRS =
          new Resource<>(
              "reserved_addrs",
              "reserved_addrs",
              ReservedAddr.class,
              "TCP address",
              Set.of(Trait.OWNED, Trait.KEPT, Trait.JOURNALED),
              Audience.EVERYBODY,
              List.of(Field.DELETED, Field.DESCRIPTION, Field.METADATA),
              mark -> new ReservedAddr.Update(null, mark));

  public static final Resource<Credential, Credential.Create, Credential.Update> CREDENTIALS =
      new Resource<>(
          "credentials",
          "credentials",
          Credential.class,
          "credential",
          Set.of(Trait.OWNED, Trait.JOURNALED),
          Audience.EVERYBODY,
          List.of(Field.DELETED, Field.DESCRIPTION, Field.METADATA, Field.ACL, Field.OWNER),
          mark -> new Credential.Update(null, mark, null));

  /** Service users; an older name of the same concept is bot users, chosen by configuration. */
  public static final Resource<ServiceUser, ServiceUser.Create, ServiceUser.Update> SERVICE_USERS =
      new Resource<>(
          "service_users",
          "service_users",
          ServiceUser.class,
          "service user",
          Set.of(),
          Audience.EVERYBODY,
          List.of(Field.DELETED, Field.NAME, Field.ACTIVE),
          null);

  public static final Resource<TunnelSession, Void, Changes> TUNNEL_SESSIONS =
      new Resource<>(
          "tunnel_sessions",
          "tunnel_sessions",
          TunnelSession.class,
          "agent session",
          Set.of(),
          Audience.CLINIC_OF_CREDENTIAL,
          List.of(),
          null);

  public static final Resource<AgentIngress, Void, Changes> AGENT_INGRESSES =
      new Resource<>(
          "agent_ingresses",
          "ingresses",
          AgentIngress.class,
          "agent ingress",
          Set.of(),
          Audience.EVERYBODY,
          List.of(),
          null);

  /**
   * Every resource that the operator knows, in the order of removal. Objects that serve traffic
   * come first.
   */
  public static final List<Resource<?, ?, ?>> ALL =
      List.of(
          ENDPOINTS,
          VAULT_SECRETS,
          VAULTS,
          RESERVED_DOMAINS,
          RESERVED_ADDRS,
          CREDENTIALS,
          SERVICE_USERS,
          TUNNEL_SESSIONS,
          AGENT_INGRESSES);

  /** The kind of an object. */
  public static Resource<?, ?, ?> of(RemoteObject row) {
    return ALL.stream().filter(kind -> kind.type().isInstance(row)).findFirst().orElseThrow();
  }

  /** The resources with this property, in the order of {@link #ALL}. */
  public static List<Resource<?, ?, ?>> with(Trait trait) {
    return ALL.stream().filter(resource -> resource.is(trait)).toList();
  }

  /** Nothing else is compared, because there is one object of each kind. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Resource<?, ?, ?> kind && path.equals(kind.path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  /** Whether the kind has this property. */
  public boolean is(Trait trait) {
    return traits.contains(trait);
  }
}
