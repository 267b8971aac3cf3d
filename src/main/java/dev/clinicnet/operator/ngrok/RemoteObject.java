package dev.clinicnet.operator.ngrok;

import java.util.List;

/**
 * An object that the account holds under an id. Ids are opaque: their prefixes are not validated.
 *
 * <p>A record of each kind says here all that the operator must know of it to find it, to read its
 * mark and to show it. What is true of the kind as a whole is in its {@link Resource}.
 */
public sealed interface RemoteObject
    permits AgentIngress,
        Credential,
        Endpoint,
        ReservedAddr,
        ReservedDomain,
        ServiceUser,
        TunnelSession,
        Vault,
        VaultSecret {

  /** The platform's name for it. */
  String id();

  /** Its unique name within its kind; null if only the id is unique. */
  String naturalKey();

  /** Its name for people. */
  default String displayName() {
    return naturalKey() == null ? id() : naturalKey();
  }

  /** The text that may hold our mark; null where the operator cannot write one. */
  String markText();

  /** The object of another kind that it was made in or opened with; null where there is none. */
  default Ref parent() {
    return null;
  }

  /** The rules on names that an agent may bind with it; none where it is not about agents. */
  default List<String> acl() {
    return List.of();
  }

  /** The object without a secret that the platform shows only once. */
  default RemoteObject withoutSecret() {
    return this;
  }

  /** When it was created, or an agent's session began: RFC 3339; null where that is not shown. */
  default String createdAt() {
    return null;
  }

  /** The fields that a plan shows, beside the mark. */
  List<Field> fields();

  /**
   * A field as a plan compares it.
   *
   * @param name as the platform calls it
   * @param values none where it is not set
   * @param policy whether it is a traffic policy, in which there may be secrets
   */
  record Field(String name, List<String> values, boolean policy) {
    /** Stands for the whole object, when somebody deleted it. */
    public static final String DELETED = "deleted";

    public static final String NAME = "name";
    public static final String DESCRIPTION = "description";
    public static final String METADATA = "metadata";
    public static final String URL = "url";
    public static final String BINDINGS = "bindings";
    public static final String POOLING = "pooling_enabled";
    public static final String POLICY = "traffic_policy";
    public static final String ACTIVE = "active";
    public static final String ACL = "acl";
    public static final String OWNER = "owner_id";

    public Field {
      values = List.copyOf(values);
    }

    /** A field of one text; a null value is none. */
    public static Field text(String name, String value) {
      return new Field(name, value == null ? List.of() : List.of(value), false);
    }

    static Field policy(String name, String value) {
      return new Field(name, value == null ? List.of() : List.of(value), true);
    }

    /** A traffic policy can hold passwords and client secrets. */
    @Override
    public String toString() {
      return name;
    }
  }
}
