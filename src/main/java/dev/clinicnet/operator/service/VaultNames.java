package dev.clinicnet.operator.service;

import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.policy.Cel;

/**
 * The names of the vault and its secrets. According to the platform's refusal, only letters,
 * digits, '_', '/' and '.' are allowed, but captured answers also have '-'. The names here do not
 * need '-'. Names in Kubernetes and of instances may have '-', which becomes '_'. A '_', which only
 * an instance can have, becomes '/'. So two names never become one.
 */
final class VaultNames {
  private VaultNames() {}

  /** The one vault of an instance: {@code clinicnet-<instance>}. */
  static String vault(String instance) {
    return "clinicnet_" + permitted(instance);
  }

  /** A secret: {@code <namespace>/<service>/<purpose>}. */
  static String secret(Owner service, String purpose) {
    return permitted(service.namespace())
        + "/"
        + permitted(service.name())
        + "/"
        + permitted(purpose);
  }

  /** The text by which a policy reads a secret, in a field that ngrok interpolates. */
  static String reference(String vault, String secret) {
    return "${secrets.get(" + Cel.quote(vault) + ", " + Cel.quote(secret) + ")}";
  }

  private static String permitted(String name) {
    return name.replace('_', '/').replace('-', '_');
  }
}
