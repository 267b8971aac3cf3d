package dev.clinicnet.operator.preview;

import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.Token;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;

/** Objects as the platform would answer a request that is never sent. */
final class ImaginedObjects {
  private static final Token NO_TOKEN = new Token("none");

  private ImaginedObjects() {}

  /** What a creation would make. */
  static RemoteObject made(String id, String now, Object body, String vaultName) {
    if (body instanceof ReservedDomain.Create domain) {
      return new ReservedDomain(
          id, now, domain.domain(), domain.metadata(), null, null, null, null, null);
    } else if (body instanceof ReservedAddr.Create address) {
      return new ReservedAddr(id, now, id, address.region(), address.metadata());
    } else if (body instanceof ServiceUser.Create user) {
      return new ServiceUser(id, now, user.name(), user.active());
    } else if (body instanceof Credential.Create credential) {
      return new Credential(
          id,
          now,
          credential.description(),
          credential.metadata(),
          credential.acl(),
          credential.ownerId(),
          NO_TOKEN);
    } else if (body instanceof Endpoint.Create endpoint) {
      return new Endpoint(
          id,
          now,
          endpoint.type(),
          endpoint.url(),
          endpoint.bindings(),
          endpoint.poolingEnabled(),
          endpoint.description(),
          endpoint.metadata(),
          endpoint.trafficPolicy(),
          null,
          null,
          null,
          null,
          null);
    } else if (body instanceof Vault.Create vault) {
      return new Vault(id, now, vault.name(), vault.description(), vault.metadata());
    } else if (body instanceof VaultSecret.Create secret) {
      return new VaultSecret(
          id,
          now,
          secret.name(),
          secret.description(),
          secret.metadata(),
          new Ref(secret.vaultId(), ""),
          vaultName);
    }
    throw unknown(body);
  }

  /** What a change would leave. */
  static RemoteObject changed(RemoteObject before, Object changes) {
    if (changes instanceof ReservedDomain.Update update && before instanceof ReservedDomain was) {
      return new ReservedDomain(
          was.id(),
          was.createdAt(),
          was.domain(),
          or(update.metadata(), was.metadata()),
          was.cnameTarget(),
          was.acmeChallengeCnameTarget(),
          was.certificate(),
          was.certificateManagementPolicy(),
          was.certificateManagementStatus());
    } else if (changes instanceof ReservedAddr.Update update
        && before instanceof ReservedAddr was) {
      return new ReservedAddr(
          was.id(),
          was.createdAt(),
          was.addr(),
          was.region(),
          or(update.metadata(), was.metadata()));
    } else if (changes instanceof Credential.Update update && before instanceof Credential was) {
      return new Credential(
          was.id(),
          was.createdAt(),
          or(update.description(), was.description()),
          or(update.metadata(), was.metadata()),
          or(update.acl(), was.acl()),
          was.ownerId(),
          null);
    } else if (changes instanceof Endpoint.Update update && before instanceof Endpoint was) {
      return new Endpoint(
          was.id(),
          was.createdAt(),
          was.type(),
          or(update.url(), was.url()),
          was.bindings(),
          was.poolingEnabled(),
          or(update.description(), was.description()),
          or(update.metadata(), was.metadata()),
          or(update.trafficPolicy(), was.trafficPolicy()),
          was.name(),
          was.principal(),
          was.tunnelSession(),
          was.domain(),
          was.tcpAddr());
    } else if (changes instanceof Vault.Update update && before instanceof Vault was) {
      return new Vault(
          was.id(),
          was.createdAt(),
          was.name(),
          or(update.description(), was.description()),
          or(update.metadata(), was.metadata()));
    } else if (changes instanceof VaultSecret.Update update && before instanceof VaultSecret was) {
      return new VaultSecret(
          was.id(),
          was.createdAt(),
          was.name(),
          or(update.description(), was.description()),
          or(update.metadata(), was.metadata()),
          was.vault(),
          was.vaultName());
    }
    throw unknown(changes);
  }

  private static <T> T or(T changed, T before) {
    return changed == null ? before : changed;
  }

  private static IllegalStateException unknown(Object body) {
    return new IllegalStateException("nobody taught plan what becomes of " + body.getClass());
  }
}
