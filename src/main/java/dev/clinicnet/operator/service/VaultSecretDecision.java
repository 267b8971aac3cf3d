package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.MadeFields;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One secret in the vault: made, brought to the present version of its source, or put right.
 *
 * @param ready whether policies find it under its name
 */
record VaultSecretDecision(List<Step> steps, boolean ready) {

  static VaultSecretDecision of(
      ServiceObservation o,
      Vault vault,
      VaultEntry entry,
      String name,
      Optional<VaultSecret> found) {
    Mark mark = o.mark().withVersion(entry.version());
    Optional<VaultSecret> present = found.or(() -> renamed(o, name));
    if (present.isEmpty()) {
      return new VaultSecretDecision(
          List.of(
              new Step.Create<>(
                  Resource.VAULT_SECRETS,
                  new VaultSecret.Create(
                      vault.id(), name, entry.value(), description(o), mark.text()),
                  name,
                  true,
                  o.lane(),
                  knownID(o, name)
                      .map(id -> List.of(Drift.deleted(Resource.VAULT_SECRETS, name, id)))
                      .orElse(List.of()))),
          false);
    }
    boolean lost =
        !o.vaultSecrets().contains(present.get())
            && Comparison.lost(Resource.VAULT_SECRETS, name, present.get().metadata(), mark)
                .isPresent();
    return lost
        ? new VaultSecretDecision(List.of(), true)
        : correct(o, present.get(), entry, name, mark);
  }

  private static VaultSecretDecision correct(
      ServiceObservation o, VaultSecret present, VaultEntry entry, String name, Mark mark) {
    Comparison comparison = new Comparison(Resource.VAULT_SECRETS, name);
    String newName = comparison.field(MadeFields.NAME, name, present.name());
    String newMark = comparison.mark(mark, present.metadata());
    VaultSecret.Update correction =
        new VaultSecret.Update(
            newName,
            // Who removed the mark may have changed the value too, which the platform never shows.
            newMark == null ? null : entry.value(),
            comparison.text(MadeFields.DESCRIPTION, description(o), present.description()),
            newMark);
    List<Step> steps = new ArrayList<>();
    if (!comparison.drift().isEmpty()) {
      boolean known = knownID(o, name).filter(present.id()::equals).isPresent();
      steps.add(update(o, present, correction, name, known ? comparison.drift() : List.of()));
    }
    if (newMark == null && !isCurrent(present, entry)) {
      steps.add(
          update(
              o,
              present,
              new VaultSecret.Update(null, entry.value(), null, mark.text()),
              name,
              List.of()));
    }
    return new VaultSecretDecision(steps, newName == null);
  }

  /** What somebody else changed of a secret that the status names, its value aside. */
  static List<Drift> held(ServiceObservation o, VaultSecretStatus known) {
    if (known.id() == null) {
      return List.of();
    }
    Optional<VaultSecret> present =
        o.vaultSecrets().stream().filter(secret -> secret.id().equals(known.id())).findFirst();
    if (present.isEmpty()) {
      return o.inventory().isGone(Resource.VAULT_SECRETS, known.id())
          ? List.of(Drift.deleted(Resource.VAULT_SECRETS, known.name(), known.id()))
          : List.of();
    }
    Comparison comparison = new Comparison(Resource.VAULT_SECRETS, known.name());
    comparison.field(MadeFields.NAME, known.name(), present.get().name());
    comparison.mark(o.mark(), present.get().metadata());
    comparison.text(MadeFields.DESCRIPTION, description(o), present.get().description());
    return comparison.drift();
  }

  private static Step update(
      ServiceObservation o,
      VaultSecret secret,
      VaultSecret.Update changes,
      String name,
      List<Drift> drift) {
    return new Step.Update<>(Resource.VAULT_SECRETS, secret.id(), changes, name, o.lane(), drift);
  }

  private static boolean isCurrent(VaultSecret secret, VaultEntry entry) {
    return Mark.parse(secret.metadata())
        .filter(mark -> entry.version().equals(mark.version()))
        .isPresent();
  }

  /** The secret that the status knows by this name, should somebody have renamed it. */
  private static Optional<VaultSecret> renamed(ServiceObservation o, String name) {
    return knownID(o, name)
        .flatMap(
            id -> o.vaultSecrets().stream().filter(secret -> secret.id().equals(id)).findFirst());
  }

  private static Optional<String> knownID(ServiceObservation o, String name) {
    return o.status().vaultSecrets().stream()
        .filter(secret -> secret.name().equals(name) && secret.id() != null)
        .map(VaultSecretStatus::id)
        .findFirst();
  }

  private static String description(ServiceObservation o) {
    return "ClinicService " + o.owner().name();
  }
}
