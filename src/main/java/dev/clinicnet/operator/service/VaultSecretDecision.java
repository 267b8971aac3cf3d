package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Title;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Diff;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Known;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.plan.Wanted;
import java.util.List;
import java.util.Optional;

/**
 * One secret in the vault. It is created, updated to the present version of its source, or
 * corrected.
 *
 * @param ready whether policies can read it by its name
 */
record VaultSecretDecision(List<Step> steps, boolean ready) {

  static VaultSecretDecision of(
      ServiceObservation o,
      Vault vault,
      VaultEntry entry,
      String name,
      Optional<VaultSecret> found) {
    // The status has its id, in case somebody has renamed it.
    Optional<VaultSecret> present = found.or(() -> knownID(o, name).flatMap(id -> byID(o, id)));
    boolean lost = present.filter(secret -> isLost(o, secret)).isPresent();
    Diff diff =
        Diff.of(
            wanted(o, name, vault, entry.version(), entry.value()),
            Finding.of(present, true),
            lost ? Title.HELD : Title.OWN);
    boolean named = present.filter(secret -> secret.name().equals(name)).isPresent();
    return new VaultSecretDecision(diff.steps(), named);
  }

  private static Wanted<VaultSecret, VaultSecret.Create, VaultSecret.Update> wanted(
      ServiceObservation o, String name, Vault vault, String version, SecretValue value) {
    Mark mark = o.mark().withVersion(version);
    String description = "ClinicService " + o.owner().name();
    return new Wanted<>(
        Resource.VAULT_SECRETS,
        name,
        mark,
        false,
        o.lane(),
        knownID(o, name).map(id -> new Known(id, name)),
        () -> new VaultSecret.Create(vault.id(), name, value, description, mark.text()),
        (listed, comparison) -> {
          String newName = comparison.field(Field.NAME, name, listed.name());
          String newMark = comparison.mark(listed);
          return new VaultSecret.Update(
              newName,
              // Somebody who removed the mark may have changed the value too, which is never shown.
              newMark == null ? null : value,
              comparison.description(description, listed.description()),
              newMark);
        },
        (listed, correction) ->
            correction.metadata() == null && !holds(listed, version)
                ? Optional.of(new VaultSecret.Update(null, value, null, mark.text()))
                : Optional.empty());
  }

  /** Changes by others of a secret that the status names, without its value. */
  static List<Drift> held(ServiceObservation o, VaultSecretStatus known) {
    return Diff.drift(
        wanted(o, known.name(), null, null, null), byID(o, known.id()), o.inventory());
  }

  /** Whether somebody marked it as another object's, and not by a copied mark. */
  private static boolean isLost(ServiceObservation o, VaultSecret secret) {
    return !o.vaultSecrets().contains(secret) && Comparison.isAnothers(secret, o.mark());
  }

  private static boolean holds(VaultSecret secret, String version) {
    return Mark.on(secret).filter(mark -> version.equals(mark.version())).isPresent();
  }

  private static Optional<VaultSecret> byID(ServiceObservation o, String id) {
    return o.vaultSecrets().stream().filter(secret -> secret.id().equals(id)).findFirst();
  }

  private static Optional<String> knownID(ServiceObservation o, String name) {
    return o.status().vaultSecrets().stream()
        .filter(secret -> secret.name().equals(name) && secret.id() != null)
        .map(VaultSecretStatus::id)
        .findFirst();
  }
}
