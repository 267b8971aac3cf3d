package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.Cel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of a service is in the vault: one vault for the whole instance, since an account has five,
 * which stays whatever goes; and one secret for each entry, made before an endpoint reads it, and
 * deleted when none does any more.
 */
final class VaultDecision {
  private final ServiceObservation o;
  private final List<VaultEntry> entries;
  private final Assessment assessment;
  private final String vaultName;
  private final List<Step> before = new ArrayList<>();
  private boolean ready = true;

  private VaultDecision(
      ServiceObservation observation, List<VaultEntry> entries, Assessment assessment) {
    this.o = observation;
    this.entries = entries;
    this.assessment = assessment;
    this.vaultName = VaultNames.vault(observation.settings().instance());
  }

  /** Decides; without entries the vault itself is not looked at. */
  static VaultDecision decide(
      ServiceObservation observation, List<VaultEntry> entries, Assessment assessment) {
    VaultDecision decision = new VaultDecision(observation, entries, assessment);
    if (!entries.isEmpty()) {
      decision.vault().ifPresent(vault -> entries.forEach(entry -> decision.put(vault, entry)));
    }
    return decision;
  }

  /** Whether everything is in the vault that an endpoint reads there. */
  boolean isReady() {
    return ready;
  }

  /** What is to be done before an endpoint may read the entries. */
  List<Step> before() {
    return List.copyOf(before);
  }

  /** What no entry asks for any more. It may go when no endpoint reads it. */
  List<Step> after() {
    Set<String> wanted = wantedNames();
    return o.vaultSecrets().stream()
        .filter(secret -> !wanted.contains(secret.name()))
        .filter(secret -> !mayBeRead(secret))
        .map(VaultDecision::delete)
        .toList();
  }

  /**
   * The steps of the endpoint in their place among those of the vault: none that could read what is
   * not there yet, and nothing deleted that an endpoint still has to let go of.
   */
  List<Step> around(List<Step> endpointSteps) {
    List<Step> all = new ArrayList<>(before);
    endpointSteps.stream()
        .filter(step -> ready || step instanceof Step.Delete || !isEndpoint(step))
        .forEach(all::add);
    if (ready && endpointSteps.stream().noneMatch(VaultDecision::isEndpoint)) {
      all.addAll(after());
    }
    return all;
  }

  /** What the status says: what is there, and what is wanted and was spoken of before. */
  List<VaultSecretStatus> status() {
    Set<String> wanted = wantedNames();
    boolean known = o.inventory().isKnown(Resource.VAULT_SECRETS);
    Map<String, VaultSecretStatus> byName = new TreeMap<>();
    o.status().vaultSecrets().stream()
        .filter(secret -> !known || wanted.contains(secret.name()))
        .forEach(secret -> byName.put(secret.name(), secret));
    o.vaultSecrets().forEach(s -> byName.put(s.name(), new VaultSecretStatus(s.name(), s.id())));
    return List.copyOf(byName.values());
  }

  static Step delete(VaultSecret secret) {
    return new Step.Delete(Resource.VAULT_SECRETS, secret.id(), secret.name());
  }

  /** The vault, once it is there and ours. */
  private Optional<Vault> vault() {
    Finding<Vault> found = o.inventory().find(Resource.VAULTS, Keys.name(vaultName));
    if (found.isUnknown()) {
      await();
      return Optional.empty();
    }
    String mark = Mark.shared(o.settings().instance()).text();
    if (found.isAbsent()) {
      ready = false;
      before.add(
          new Step.Create<>(
              Resource.VAULTS,
              new Vault.Create(vaultName, "Secrets that clinic-operator put here", mark),
              vaultName,
              false,
              o.lane(),
              Cause.MANIFEST));
      return Optional.empty();
    }
    Vault vault = found.get();
    if (isOurs(vault)) {
      return found.optional();
    }
    ready = false;
    if (Annotations.adopts(o.service(), vault.id())) {
      before.add(
          new Step.Update<>(
              Resource.VAULTS,
              vault.id(),
              new Vault.Update(null, mark),
              vaultName,
              o.lane(),
              Cause.MANIFEST));
    } else {
      assessment.put(ConditionType.Accepted, notOwned(vault));
    }
    return Optional.empty();
  }

  private void put(Vault vault, VaultEntry entry) {
    String name = name(entry);
    Finding<VaultSecret> found =
        o.inventory().find(Resource.VAULT_SECRETS, Keys.vaultSecret(vault.id(), name));
    String mark = o.mark().withVersion(entry.version()).text();
    if (found.isUnknown()) {
      await();
    } else if (found.isAbsent()) {
      ready = false;
      before.add(
          new Step.Create<>(
              Resource.VAULT_SECRETS,
              new VaultSecret.Create(
                  vault.id(), name, entry.value(), "ClinicService " + o.owner().name(), mark),
              name,
              true,
              o.lane(),
              wasThere(name) ? Cause.DRIFT : Cause.MANIFEST));
    } else if (!holds(found.get(), entry)) {
      before.add(
          new Step.Update<>(
              Resource.VAULT_SECRETS,
              found.get().id(),
              new VaultSecret.Update(entry.value(), null, mark),
              name,
              o.lane(),
              Cause.MANIFEST));
    }
  }

  /** The vault is ours, and so is whatever is in it under a name of ours. */
  private boolean holds(VaultSecret secret, VaultEntry entry) {
    return Mark.parse(secret.metadata())
        .filter(mark -> mark.isOf(o.settings().instance(), o.owner()))
        .filter(Mark::isActive)
        .filter(mark -> entry.version().equals(mark.version()))
        .isPresent();
  }

  private boolean isOurs(Vault vault) {
    return Mark.parse(vault.metadata())
        .filter(mark -> mark.isShared(o.settings().instance()))
        .isPresent();
  }

  private boolean wasThere(String name) {
    return o.status().vaultSecrets().stream()
        .anyMatch(secret -> secret.name().equals(name) && secret.id() != null);
  }

  private boolean mayBeRead(VaultSecret secret) {
    if (!o.inventory().isKnown(Resource.ENDPOINTS)) {
      return true;
    }
    String name = Cel.quote(secret.name());
    return o.endpoints().stream()
        .anyMatch(e -> e.trafficPolicy() != null && e.trafficPolicy().contains(name));
  }

  private void await() {
    ready = false;
    assessment.put(
        ConditionType.Programmed,
        Verdict.unknown(Reason.Pending, "The vault at ngrok is being listed anew."));
  }

  private String name(VaultEntry entry) {
    return VaultNames.secret(o.owner(), entry.purpose());
  }

  private Set<String> wantedNames() {
    return entries.stream().map(this::name).collect(Collectors.toSet());
  }

  private static boolean isEndpoint(Step step) {
    return step.resource().equals(Resource.ENDPOINTS);
  }

  private static Verdict notOwned(Vault vault) {
    return Verdict.no(
        Reason.VaultNotOwned,
        "The ngrok account has a vault "
            + vault.name()
            + " ("
            + vault.id()
            + ") that is not marked as this installation's. Delete that, or annotate this service"
            + " with "
            + Annotations.ADOPT
            + "="
            + vault.id()
            + " to have it taken over.");
  }
}
