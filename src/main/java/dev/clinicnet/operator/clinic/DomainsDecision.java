package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Possession;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.MadeFields;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be reserved, taken over or retired for a Clinic. */
final class DomainsDecision {
  private static final String EXCLUSIVE = "Clinic ";

  private final ClinicObservation o;
  private final Assessment assessment;
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> releases = new ArrayList<>();
  private boolean waits;

  DomainsDecision(ClinicObservation observation, Assessment assessment) {
    this.o = observation;
    this.assessment = assessment;
  }

  List<Step> decide() {
    for (ClinicDomain domain : o.clinic().getSpec().domains()) {
      Finding<ReservedDomain> finding =
          o.inventory().find(Resource.RESERVED_DOMAINS, Keys.name(domain.name()));
      if (finding.isPresent()) {
        present(domain, finding.get());
      } else if (finding.isAbsent()) {
        steps.add(create(domain));
      } else {
        assessment.put(
            ConditionType.Programmed,
            Verdict.unknown(Reason.Pending, "The domains at ngrok are being listed anew."));
      }
    }
    retireUnlisted();
    steps.addAll(releases);
    return steps;
  }

  /**
   * What may be done though the manifest is refused: where it is only for a domain that another
   * Clinic is about to give up, it gives up its own. Else two that exchange theirs would wait for
   * each other.
   */
  List<Step> releasesInExchange() {
    return waits ? releases : List.of();
  }

  private Step create(ClinicDomain domain) {
    // A domain that was unlisted and is listed again may have gone by our own doing.
    List<Drift> lost =
        o.isSettled()
            ? knownID(domain)
                .map(id -> List.of(Drift.deleted(Resource.RESERVED_DOMAINS, domain.name(), id)))
                .orElse(List.of())
            : List.of();
    return new Step.Create<>(
        Resource.RESERVED_DOMAINS,
        new ReservedDomain.Create(domain.name(), description(domain), mark(domain).text()),
        domain.name(),
        false,
        o.lane(),
        lost);
  }

  private Optional<String> knownID(ClinicDomain domain) {
    return o.status().domains().stream()
        .filter(status -> status.name().equals(domain.name()) && status.id() != null)
        .map(DomainStatus::id)
        .findFirst();
  }

  private void present(ClinicDomain domain, ReservedDomain reserved) {
    Optional<Mark> mark = Mark.parse(reserved.metadata());
    Possession.Title title = title(o, domain, reserved);
    boolean unmarked = title == Possession.Title.UNMARKED;
    if (isLent(o, domain, reserved)) {
      return; // Its mark is for the other installation to write.
    }
    boolean held = title == Possession.Title.HELD;
    if (held && isMarkedByHand(domain, reserved, mark)) {
      correct(domain, reserved);
    } else if (held && LeftDomain.isGivenUp(o, domain, mark)) {
      waits |= !assessment.fails(ConditionType.Accepted);
      assessment.put(ConditionType.Accepted, LeftDomain.givenUp(o, domain, mark.get()));
    } else if (held && LeftDomain.isKept(o, mark)) {
      waits |= !assessment.fails(ConditionType.Accepted);
      assessment.put(ConditionType.Accepted, notOwned(domain, reserved, mark));
    } else if (held || (unmarked && !isInUse(o, domain, reserved))) {
      waits = false;
      assessment.put(ConditionType.Accepted, notOwned(domain, reserved, mark));
    } else if (domain.shared() && unmarked && !lostItsMark(domain, reserved)) {
      return; // Used by earlier versions without a mark; it stays as it is.
    } else if (isNew(domain, title)) {
      boolean adopts = title == Possession.Title.ADOPTED;
      Mark wanted = adopts ? mark(domain).adopting() : mark(domain).inPlaceOf(mark);
      steps.add(remark(domain, reserved, wanted));
    } else {
      correct(domain, reserved);
    }
  }

  /** Whether somebody copied another's mark onto a domain that the Clinic has or shares. */
  private boolean isMarkedByHand(
      ClinicDomain domain, ReservedDomain reserved, Optional<Mark> mark) {
    return domain.shared()
        ? o.possession().copied().isOwn(mark, reserved.id(), reserved.domain())
        : o.exclusiveDomains().contains(reserved);
  }

  /**
   * Whether the Clinic gets the domain now, or has it in another way than the manifest asks for.
   */
  private static boolean isNew(ClinicDomain domain, Possession.Title title) {
    return switch (title) {
      case ADOPTED, GIVEN -> true;
      case OWN -> domain.shared();
      case SHARED -> !domain.shared();
      case UNMARKED, HELD -> false;
    };
  }

  /** A shared domain without a mark is ours where only we can have made it. */
  private boolean lostItsMark(ClinicDomain domain, ReservedDomain reserved) {
    return Mark.parse(reserved.metadata()).isEmpty()
        && knownID(domain).filter(reserved.id()::equals).isPresent()
        && description(domain).equals(reserved.description());
  }

  /** What somebody else changed of a domain of ours; or what was retired and is wanted again. */
  private void correct(ClinicDomain domain, ReservedDomain reserved) {
    Comparison comparison = new Comparison(Resource.RESERVED_DOMAINS, domain.name());
    ReservedDomain.Update correction =
        new ReservedDomain.Update(
            keepsDescription(domain, reserved)
                ? null
                : comparison.text(
                    MadeFields.DESCRIPTION, description(domain), reserved.description()),
            comparison.mark(
                o.possession()
                    .marking(mark(domain), Mark.parse(reserved.metadata()), reserved.id()),
                reserved.metadata()));
    if (comparison.drift().isEmpty()) {
      return;
    }
    boolean retired = Mark.parse(reserved.metadata()).filter(m -> !m.isActive()).isPresent();
    boolean known = knownID(domain).filter(reserved.id()::equals).isPresent();
    steps.add(
        new Step.Update<>(
            Resource.RESERVED_DOMAINS,
            reserved.id(),
            correction,
            reserved.domain(),
            o.lane(),
            known && (o.isSettled() || !retired) ? comparison.drift() : List.of()));
  }

  /**
   * What was adopted keeps its description, and so does what one Clinic had before it was shared.
   */
  private boolean keepsDescription(ClinicDomain domain, ReservedDomain reserved) {
    return o.possession().wasAdopted(Mark.parse(reserved.metadata()), reserved.id())
        || (domain.shared()
            && reserved.description() != null
            && reserved.description().startsWith(EXCLUSIVE));
  }

  /**
   * A shared domain is for many Clinics, so that the grant alone lets it be adopted; what it takes
   * for one is an annotation too.
   */
  private static Possession.Title title(
      ClinicObservation o, ClinicDomain domain, ReservedDomain reserved) {
    Possession.Title title =
        o.possession().title(Mark.parse(reserved.metadata()), reserved.id(), domain.name());
    boolean adoptsShared =
        title == Possession.Title.UNMARKED && domain.shared() && o.grant().mayAdopt(domain.name());
    return adoptsShared ? Possession.Title.ADOPTED : title;
  }

  /** Whether a domain without a mark belongs to the Clinic, as its status shows. */
  static boolean isInUse(ClinicObservation o, ClinicDomain domain, ReservedDomain reserved) {
    return domain.shared()
        ? o.status().domains().stream().anyMatch(known -> reserved.id().equals(known.id()))
            && !o.exclusiveDomains().contains(reserved)
        : o.exclusiveDomains().contains(reserved);
  }

  /**
   * Whether a shared domain that another installation of the operator made may be used: it was used
   * before, or a grant lets it be adopted.
   */
  static boolean isLent(ClinicObservation o, ClinicDomain domain, ReservedDomain reserved) {
    return domain.shared()
        && isSharedElsewhere(o, reserved)
        && (isInUse(o, domain, reserved) || o.grant().mayAdopt(domain.name()));
  }

  private static boolean isSharedElsewhere(ClinicObservation o, ReservedDomain reserved) {
    return Mark.parse(reserved.metadata())
        .filter(mark -> mark.owner().isEmpty() && !mark.isShared(o.settings().instance()))
        .isPresent();
  }

  private Verdict notOwned(ClinicDomain domain, ReservedDomain reserved, Optional<Mark> mark) {
    String what = "spec.domains " + reserved.domain();
    Verdict refused =
        o.possession()
            .refused(
                Reason.DomainNotOwned,
                what,
                Resource.RESERVED_DOMAINS,
                mark,
                reserved.id(),
                reserved.domain());
    return domain.shared() && isSharedElsewhere(o, reserved)
        ? Verdict.no(
                Reason.DomainNotOwned,
                what
                    + " is shared by another installation of this operator. Using it needs a grant"
                    + " of adoption for this namespace (adoption of an NgrokAccount). Choose"
                    + " another, or ask an administrator for the grant.")
            .withholding(Optional.ofNullable(refused.withheld()))
        : refused;
  }

  private Step remark(ClinicDomain domain, ReservedDomain reserved, Mark mark) {
    return new Step.Update<>(
        Resource.RESERVED_DOMAINS,
        reserved.id(),
        new ReservedDomain.Update(mark.wasAdopted() ? null : description(domain), mark.text()),
        reserved.domain(),
        o.lane(),
        Cause.MANIFEST);
  }

  /** What the Clinic no longer lists: it may be wanted back, so that it is kept for a while. */
  private void retireUnlisted() {
    for (ReservedDomain reserved : o.exclusiveDomains()) {
      if (!LeftDomain.isListed(o.clinic(), reserved.domain())) {
        ClinicDeletion.release(o, reserved).ifPresent(releases::add);
      }
    }
  }

  private Mark mark(ClinicDomain domain) {
    return domain.shared() ? Mark.shared(o.settings().instance()) : o.mark();
  }

  private String description(ClinicDomain domain) {
    return domain.shared() ? "Shared by several clinics" : EXCLUSIVE + o.owner().name();
  }
}
