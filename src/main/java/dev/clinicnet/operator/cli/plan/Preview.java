package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.DriftPolicy;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Warnings;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The planned work of the operator.
 *
 * @param kubernetes the changes of objects in Kubernetes
 * @param known the manifests for which the account has objects
 * @param notes the reports on objects that do not match their manifests
 * @param leftovers the objects in the account whose owners are not in the files
 * @param pruned whether the changes include their deletion
 */
record Preview(
    Settings settings,
    List<Change> changes,
    List<KubernetesChange> kubernetes,
    Set<Owner> known,
    List<Note> notes,
    List<Leftover> leftovers,
    boolean pruned) {

  /**
   * Computes the preview without any request.
   *
   * @param base the manifests that are applied now; empty where they are not given
   * @param dnsEndpoints whether the operator publishes DNS records
   */
  static Preview of(
      PlannedManifests manifests,
      Optional<PlannedManifests> base,
      AccountListing listing,
      Settings settings,
      boolean dnsEndpoints,
      boolean prune,
      Instant now) {
    Leftovers leftovers = Leftovers.of(listing, manifests, settings.instance());
    OpenSessions sessions = OpenSessions.of(listing, manifests, settings.instance(), now);
    AccountListing without = sessions.withoutThem(listing);
    Set<Owner> known = new HashSet<>();
    listing.rows().values().stream()
        .flatMap(List::stream)
        .flatMap(row -> Mark.on(row).stream())
        .filter(mark -> mark.instance().equals(settings.instance()))
        .flatMap(mark -> mark.owner().stream())
        .forEach(known::add);
    Scope scope = new Scope(settings, dnsEndpoints, known, now);
    Optional<Rehearsal> applied =
        base.map(
            manifest -> new Rehearsal(manifest, List.of(), without, scope, Optional.empty()).run());
    Rehearsal rehearsal =
        new Rehearsal(
                manifests, prune ? leftovers.owners(now, base) : List.of(), without, scope, applied)
            .run();
    List<Change> changes = rehearsal.changes();
    List<Note> notes = new ArrayList<>(sessions.notes());
    for (HasMetadata object : manifests.objects()) {
      note(object).ifPresent(notes::add);
      notes.addAll(warnings(object));
      Owner owner = Owner.of(object);
      if (reportsDrift(object, manifests)
          && changes.stream().anyMatch(change -> change.owner().equals(owner))) {
        notes.add(
            new Note(
                owner,
                "DriftPolicy",
                "spec.driftPolicy is Report: what was changed by hand at ngrok is reported, and"
                    + " left.",
                false,
                false));
      }
    }
    return new Preview(
        settings, changes, rehearsal.kubernetes(known), known, notes, leftovers.all(), prune);
  }

  /** Whether anything would change at ngrok or in Kubernetes. */
  boolean hasChanges() {
    return !changes.isEmpty() || kubernetes.stream().anyMatch(KubernetesChange::isCertain);
  }

  /** The number of objects that the operator would refuse. */
  long refused() {
    return notes.stream().filter(Note::refused).map(Note::owner).distinct().count();
  }

  /** The number of warnings in the conditions. */
  long warned() {
    return notes.stream().filter(Note::warning).count();
  }

  /** Whether the operator would refuse one of the objects. */
  boolean isRefused() {
    return refused() > 0;
  }

  Origin origin(Change change) {
    boolean left = leftovers.stream().anyMatch(leftover -> leftover.owner().equals(change.owner()));
    if (left) {
      return Origin.NOT_IN_FILES;
    }
    if (change.action() == Action.CREATE) {
      return known.contains(change.owner()) ? Origin.MISSING : Origin.NEW;
    }
    if (change.takesBack()) {
      return Origin.TAKEN_BACK;
    }
    return change.after() == null || change.retired().isPresent()
        ? Origin.NOT_WANTED
        : Origin.CHANGED;
  }

  private static List<Note> warnings(HasMetadata object) {
    return Conditions.find(Conditions.of(object), ConditionType.Accepted)
        .filter(accepted -> accepted.status() == ConditionStatus.True)
        .map(accepted -> Warnings.in(accepted.message()))
        .orElse(List.of())
        .stream()
        .map(w -> new Note(Owner.of(object), "Warning", Warnings.sentence(w), true, false))
        .toList();
  }

  private static Optional<Note> note(HasMetadata object) {
    List<Condition> conditions = Conditions.of(object);
    for (ConditionType type :
        List.of(ConditionType.Accepted, ConditionType.ResolvedRefs, ConditionType.Programmed)) {
      Optional<Condition> condition =
          Conditions.find(conditions, type).filter(found -> found.status() != ConditionStatus.True);
      if (condition.isPresent()) {
        boolean refused =
            type == ConditionType.Accepted && condition.get().status() == ConditionStatus.False;
        return condition.map(
            c -> new Note(Owner.of(object), c.reason(), c.message(), false, refused));
      }
    }
    return Optional.empty();
  }

  private static boolean reportsDrift(HasMetadata object, PlannedManifests manifests) {
    Clinic clinic =
        object instanceof ClinicService service
            ? manifests
                .clinics()
                .get(
                    service.getMetadata().getNamespace()
                        + "/"
                        + service.getSpec().clinicRef().name())
            : (Clinic) object;
    return Objects.nonNull(clinic) && clinic.getSpec().driftPolicy() == DriftPolicy.Report;
  }
}
