package dev.clinicnet.operator.inventory;

import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.ngrok.AgentIngress;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import java.util.ArrayList;
import java.util.List;

/** The keys by which an object is looked up: its natural name, its mark, what it refers to. */
public final class Keys {
  private static final String BIND = "bind:";

  private Keys() {}

  /** Under its natural name: a domain, address, user name, URL. */
  public static String name(String name) {
    return "name=" + name;
  }

  /** Whose mark it carries. */
  public static String owner(Owner owner) {
    return "owner=" + owner;
  }

  /** The Clinic that its mark says it serves. */
  public static String clinic(String namespace, String clinic) {
    return "clinic=" + namespace + "/" + clinic;
  }

  /** The credential that a session was opened with. */
  public static String credential(String id) {
    return "credential=" + id;
  }

  /** The session of the agent that has bound an endpoint. */
  public static String session(String id) {
    return "session=" + id;
  }

  /** Credentials with a permission for the domain or for something under it. */
  public static String permitsUnder(String domain) {
    return "permits-under=" + domain;
  }

  /** Credentials with a wildcard permission for what lies under the domain. */
  public static String permitsAllOf(String domain) {
    return "permits-all-of=" + domain;
  }

  /** A vault secret, in its vault. */
  public static String vaultSecret(String vaultID, String name) {
    return "vault-secret=" + vaultID + " " + name;
  }

  static List<String> of(RemoteObject object) {
    List<String> keys = new ArrayList<>();
    if (object instanceof ReservedDomain domain) {
      keys.add(name(domain.domain()));
      addMark(keys, domain.metadata());
    } else if (object instanceof ReservedAddr addr) {
      keys.add(name(addr.addr()));
      addMark(keys, addr.metadata());
    } else if (object instanceof ServiceUser user) {
      keys.add(name(user.name()));
    } else if (object instanceof Credential credential) {
      addMark(keys, credential.metadata());
      credential.acl().forEach(rule -> addPermission(keys, rule));
    } else if (object instanceof Endpoint endpoint) {
      keys.add(name(endpoint.url()));
      addMark(keys, endpoint.metadata());
      if (endpoint.tunnelSession() != null) {
        keys.add(session(endpoint.tunnelSession().id()));
      }
    } else if (object instanceof TunnelSession session) {
      if (session.credential() != null) {
        keys.add(credential(session.credential().id()));
      }
    } else if (object instanceof AgentIngress ingress) {
      keys.add(name(ingress.domain()));
    } else if (object instanceof Vault vault) {
      keys.add(name(vault.name()));
    } else if (object instanceof VaultSecret secret) {
      if (secret.vault() != null) {
        keys.add(vaultSecret(secret.vault().id(), secret.name()));
      }
      addMark(keys, secret.metadata());
    }
    return keys;
  }

  private static void addMark(List<String> keys, String metadata) {
    Mark.parse(metadata)
        .ifPresent(
            mark -> {
              mark.owner().ifPresent(owner -> keys.add(owner(owner)));
              if (mark.clinic() != null && mark.namespace() != null) {
                keys.add(clinic(mark.namespace(), mark.clinic()));
              }
            });
  }

  private static void addPermission(List<String> keys, String rule) {
    if (!rule.startsWith(BIND)) {
      return;
    }
    String domain = rule.substring(BIND.length());
    DomainNames.suffixes(domain).forEach(suffix -> keys.add(permitsUnder(suffix)));
    if (DomainNames.isWildcard(domain)) {
      keys.add(permitsAllOf(DomainNames.base(domain)));
    }
  }
}
