package dev.clinicnet.operator.inventory;

import dev.clinicnet.operator.claim.BindRule;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.VaultSecret;
import java.util.ArrayList;
import java.util.List;

/** The keys by which an object is looked up: its natural name, its mark, what it refers to. */
public final class Keys {
  private Keys() {}

  /** The key for the natural name: a domain, address, user name or URL. */
  public static String name(String name) {
    return "name=" + name;
  }

  /** The key for the owner that the mark names. */
  public static String owner(Owner owner) {
    return "owner=" + owner;
  }

  /** The key for the namespace of the owner that the mark names. */
  public static String namespace(String namespace) {
    return "namespace=" + namespace;
  }

  /** The key for the Clinic that the mark names. */
  public static String clinic(String namespace, String clinic) {
    return "clinic=" + namespace + "/" + clinic;
  }

  /** The key for the credential of a session. */
  public static String credential(String id) {
    return parent(id);
  }

  /** The key for the session of the agent that has bound an endpoint. */
  public static String session(String id) {
    return parent(id);
  }

  /** The key for credentials with a permission for the domain or for a name under it. */
  public static String permitsUnder(String domain) {
    return "permits-under=" + domain;
  }

  /** The key for credentials with a wildcard permission for names under the domain. */
  public static String permitsAllOf(String domain) {
    return "permits-all-of=" + domain;
  }

  /** The key for a vault secret in its vault. */
  public static String vaultSecret(String vaultID, String name) {
    return name(VaultSecret.key(vaultID, name));
  }

  private static String parent(String id) {
    return "parent=" + id;
  }

  static List<String> of(RemoteObject object) {
    List<String> keys = new ArrayList<>();
    if (object.naturalKey() != null) {
      keys.add(name(object.naturalKey()));
    }
    if (object.parent() != null) {
      keys.add(parent(object.parent().id()));
    }
    addMark(keys, object.markText());
    object.acl().forEach(rule -> addPermission(keys, rule));
    return keys;
  }

  private static void addMark(List<String> keys, String metadata) {
    Mark.parse(metadata)
        .ifPresent(
            mark -> {
              mark.owner()
                  .ifPresent(
                      owner -> {
                        keys.add(owner(owner));
                        keys.add(namespace(owner.namespace()));
                      });
              if (mark.clinic() != null && mark.namespace() != null) {
                keys.add(clinic(mark.namespace(), mark.clinic()));
              }
            });
  }

  private static void addPermission(List<String> keys, String rule) {
    if (!BindRule.isBind(rule)) {
      return;
    }
    String domain = BindRule.name(rule);
    DomainNames.suffixes(domain).forEach(suffix -> keys.add(permitsUnder(suffix)));
    if (DomainNames.isWildcard(domain)) {
      keys.add(permitsAllOf(DomainNames.base(domain)));
    }
  }
}
