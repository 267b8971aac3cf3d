package dev.clinicnet.operator.preview;

import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import java.util.Map;

/** What objects at ngrok are called. */
final class RemoteNames {
  private static final Map<Resource<?, ?, ?>, String> WORDS =
      Map.of(
          Resource.RESERVED_DOMAINS, "domain",
          Resource.RESERVED_ADDRS, "TCP address",
          Resource.SERVICE_USERS, "service user",
          Resource.CREDENTIALS, "credential",
          Resource.ENDPOINTS, "endpoint",
          Resource.TUNNEL_SESSIONS, "agent session",
          Resource.VAULTS, "vault",
          Resource.VAULT_SECRETS, "vault secret");

  private RemoteNames() {}

  /** One object of the resource, for people. */
  static String word(Resource<?, ?, ?> resource) {
    return WORDS.getOrDefault(resource, resource.path());
  }

  /** Its natural name; its id where it has none. */
  static String name(RemoteObject object) {
    if (object instanceof ReservedDomain domain) {
      return domain.domain();
    } else if (object instanceof ReservedAddr address) {
      return address.addr();
    } else if (object instanceof ServiceUser user) {
      return user.name();
    } else if (object instanceof Endpoint endpoint) {
      return endpoint.url();
    } else if (object instanceof Vault vault) {
      return vault.name();
    } else if (object instanceof VaultSecret secret) {
      return secret.name();
    }
    return object.id();
  }

  /** Its metadata; null where it has none. */
  static String metadata(RemoteObject object) {
    if (object instanceof ReservedDomain domain) {
      return domain.metadata();
    } else if (object instanceof ReservedAddr address) {
      return address.metadata();
    } else if (object instanceof Credential credential) {
      return credential.metadata();
    } else if (object instanceof Endpoint endpoint) {
      return endpoint.metadata();
    } else if (object instanceof Vault vault) {
      return vault.metadata();
    } else if (object instanceof VaultSecret secret) {
      return secret.metadata();
    }
    return null;
  }
}
