package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.VaultSecretStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Title;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.Diff;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Known;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.plan.Wanted;
import dev.clinicnet.operator.policy.Cel;
import dev.clinicnet.operator.reference.References;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The secrets of a service in the vault. There is one vault for the whole instance, because an
 * account has only five. The vault always stays. Each entry has one secret, which is created before
 * an endpoint reads it, and deleted when no endpoint reads it any more.
 */
final class VaultDecision {
  /** All namespaces share the vault, so no namespace may take one over. */
  private static final Verdict NOT_OWNED =
      Verdict.no(
          Reason.VaultNotOwned,
          "The ngrok account has a vault of this installation's name that carries another mark, or"
              + " none. Ask an administrator to rename or delete it at ngrok: it is not taken over.");

  private static final String DESCRIPTION = "Secrets that clinic-operator put here";

  private final ServiceObservation o;
  private final List<VaultEntry> entries;
  private final Assessment assessment;
  private final String vaultName;
  private final List<Step> before = new ArrayList<>();

  /** The entries that an endpoint cannot read yet. */
  private final Set<VaultEntry> missing = new HashSet<>();

  private VaultDecision(
      ServiceObservation observation, List<VaultEntry> entries, Assessment assessment) {
    this.o = observation;
    this.entries = entries;
    this.assessment = assessment;
    this.vaultName = VaultNames.vault(observation.settings().instance());
  }

  /** Decides. Without entries, the vault itself is not checked. */
  static VaultDecision decide(
      ServiceObservation observation, List<VaultEntry> entries, Assessment assessment) {
    VaultDecision decision = new VaultDecision(observation, entries, assessment);
    if (!entries.isEmpty()) {
      decision.vault().ifPresent(vault -> entries.forEach(entry -> decision.put(vault, entry)));
    }
    return decision;
  }

  /**
   * Changes by others of the vault and of the secrets in the status of a service. This is for a
   * refused manifest, whose wanted secrets are not known.
   */
  static List<Drift> held(ServiceObservation o) {
    VaultDecision decision = new VaultDecision(o, List.of(), new Assessment());
    if (decision.wasUsed()) {
      decision.vault();
    }
    List<Drift> drift = new ArrayList<>();
    decision.before().forEach(step -> drift.addAll(step.drift()));
    o.status().vaultSecrets().forEach(known -> drift.addAll(VaultSecretDecision.held(o, known)));
    return drift;
  }

  /** Whether a service needs the vault, for what it asks for or for what it has left there. */
  static boolean usesVault(ClinicServiceSpec spec, ClinicServiceStatus status) {
    return namesSecrets(spec)
        || InternalLockDecision.usesVault(spec)
        || !status.vaultSecrets().isEmpty();
  }

  /**
   * Whether a manifest names Secrets whose values belong in the vault, whether they exist or not.
   */
  private static boolean namesSecrets(ClinicServiceSpec spec) {
    Access access = spec.access();
    return References.clientSecret(access).isPresent() || access.basicAuth() != null;
  }

  /** Whether the vault has everything that an endpoint reads there. */
  boolean isReady() {
    return missing.isEmpty();
  }

  /** Whether the vault certainly does not have an entry. */
  boolean isWithout(Optional<VaultEntry> entry) {
    return entry.filter(missing::contains).isPresent()
        && o.inventory().isKnown(Resource.VAULTS)
        && o.inventory().isKnown(Resource.VAULT_SECRETS);
  }

  /** Whether the vault has everything but this entry. */
  boolean lacksOnly(Optional<VaultEntry> entry) {
    return missing.size() == 1 && entry.filter(missing::contains).isPresent();
  }

  /** The steps before an endpoint may read the entries. */
  List<Step> before() {
    return List.copyOf(before);
  }

  /** The deletions of secrets without an entry. A secret may go when no endpoint reads it. */
  List<Step> after() {
    Set<String> wanted = wantedNames();
    return o.vaultSecrets().stream()
        .filter(secret -> !wanted.contains(secret.name()))
        .filter(secret -> !mayBeRead(secret))
        .map(VaultDecision::delete)
        .toList();
  }

  /**
   * The steps of the endpoint among those of the vault. No secret is deleted that an endpoint still
   * reads.
   *
   * @param mayBeSent whether the policy of the endpoint may be sent. If not, it would read a secret
   *     that does not exist yet.
   */
  List<Step> around(List<Step> endpointSteps, boolean mayBeSent) {
    List<Step> all = new ArrayList<>(before);
    endpointSteps.stream()
        .filter(step -> mayBeSent || step instanceof Step.Delete || !isEndpoint(step))
        .forEach(all::add);
    if (mayBeSent && endpointSteps.stream().noneMatch(VaultDecision::isEndpoint)) {
      all.addAll(after());
    }
    return all;
  }

  /** The secrets for the status: those that exist, and wanted ones that the status had before. */
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

  /** The vault, when it exists, is ours, and has the name that policies use. */
  private Optional<Vault> vault() {
    Finding<Vault> named = o.inventory().find(Resource.VAULTS, Keys.name(vaultName));
    Finding<Vault> found = named.isAbsent() ? Finding.of(renamed(), true) : named;
    Title title = found.optional().map(this::title).orElse(Title.OWN);
    Mark mark = Mark.shared(o.settings().instance());
    // The status has no id of a vault. The vault existed if the status names a secret in it.
    String id = found.optional().map(Vault::id).orElse(vaultName);
    Diff diff =
        Diff.of(
            new Wanted<>(
                Resource.VAULTS,
                vaultName,
                mark,
                false,
                o.lane(),
                Optional.of(new Known(id, vaultName)).filter(known -> wasUsed()),
                () -> new Vault.Create(vaultName, DESCRIPTION, mark.text()),
                (listed, comparison) ->
                    new Vault.Update(
                        comparison.field(Field.NAME, vaultName, listed.name()),
                        comparison.description(DESCRIPTION, listed.description()),
                        comparison.mark(listed)),
                Wanted.neverChanges()),
            found,
            title);
    before.addAll(diff.steps());
    switch (diff.outcome()) {
      case WAITS -> await(entries);
      case REFUSED -> {
        missing.addAll(entries);
        assessment.put(ConditionType.Accepted, NOT_OWNED);
      }
      // Policies and secrets need to wait only for the name and the mark.
      case CREATED, KEPT, TAKEN -> {
        if (found.isAbsent() || diff.steps().stream().anyMatch(VaultDecision::renames)) {
          missing.addAll(entries);
        }
      }
    }
    return diff.outcome() == Diff.Outcome.KEPT ? found.optional() : Optional.empty();
  }

  /** A removed mark does not take a used vault away. */
  private Title title(Vault vault) {
    boolean unmarked = Mark.on(vault).isEmpty();
    return isOurs(vault) || (wasUsed() && unmarked) ? Title.OWN : Title.HELD;
  }

  private static boolean renames(Step step) {
    return step instanceof Step.Update<?, ?> update
        && update.changes() instanceof Vault.Update changes
        && (changes.name() != null || changes.metadata() != null);
  }

  /** The renamed vault, by its mark, or by the known secrets in it. */
  private Optional<Vault> renamed() {
    return o.inventory().all(Resource.VAULTS).stream()
        .filter(this::isOurs)
        .findFirst()
        .or(
            () ->
                o.vaultSecrets().stream()
                    .filter(secret -> secret.vault() != null)
                    .flatMap(
                        secret ->
                            o
                                .inventory()
                                .byID(Resource.VAULTS, secret.vault().id())
                                .optional()
                                .stream())
                    .findFirst());
  }

  /** Whether the status names a secret in the vault, so that the vault existed and was ours. */
  private boolean wasUsed() {
    return o.status().vaultSecrets().stream().anyMatch(secret -> secret.id() != null);
  }

  private void put(Vault vault, VaultEntry entry) {
    String name = name(entry);
    Finding<VaultSecret> found =
        o.inventory().find(Resource.VAULT_SECRETS, Keys.vaultSecret(vault.id(), name));
    if (found.isUnknown()) {
      await(List.of(entry));
    } else if (entry.value() == null) {
      note(entry, found.isPresent());
    } else {
      VaultSecretDecision decision =
          VaultSecretDecision.of(o, vault, entry, name, found.optional());
      before.addAll(decision.steps());
      note(entry, decision.ready());
    }
  }

  private void note(VaultEntry entry, boolean there) {
    if (!there) {
      missing.add(entry);
    }
  }

  private boolean isOurs(Vault vault) {
    return Mark.parse(vault.metadata())
        .filter(mark -> mark.isShared(o.settings().instance()))
        .isPresent();
  }

  private boolean mayBeRead(VaultSecret secret) {
    return !o.inventory().isKnown(Resource.ENDPOINTS) || isRead(secret.name());
  }

  /** Whether an endpoint reads the secret of an entry. */
  boolean isRead(VaultEntry entry) {
    return isRead(name(entry));
  }

  private boolean isRead(String secret) {
    String name = Cel.quote(secret);
    return o.endpoints().stream()
        .anyMatch(e -> e.trafficPolicy() != null && e.trafficPolicy().contains(name));
  }

  private void await(List<VaultEntry> unseen) {
    missing.addAll(unseen);
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
    return step.isOn(Resource.ENDPOINTS);
  }
}
