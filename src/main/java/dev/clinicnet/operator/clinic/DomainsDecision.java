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
import dev.clinicnet.operator.inventory.Title;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Diff;
import dev.clinicnet.operator.plan.Known;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.plan.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which domains are reserved, taken over or retired for a Clinic. */
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
    o.clinic().getSpec().domains().forEach(this::decide);
    retireUnlisted();
    steps.addAll(releases);
    return steps;
  }

  private void decide(ClinicDomain domain) {
    Finding<ReservedDomain> found =
        o.inventory().find(Resource.RESERVED_DOMAINS, Keys.name(domain.name()));
    Optional<ReservedDomain> reserved = found.optional();
    if (reserved.filter(there -> staysAsItIs(domain, there)).isPresent()) {
      return;
    }
    Title title = reserved.map(there -> titleInUse(domain, there)).orElse(Title.OWN);
    Diff diff =
        Diff.of(
            new Wanted<>(
                Resource.RESERVED_DOMAINS,
                domain.name(),
                mark(domain),
                reserved.filter(it -> o.possession().wasAdopted(Mark.on(it), it.id())).isPresent(),
                o.lane(),
                known(domain, reserved),
                () ->
                    new ReservedDomain.Create(
                        domain.name(), description(domain), mark(domain).text()),
                (listed, comparison) ->
                    new ReservedDomain.Update(
                        !comparison.isTaking() && wasExclusive(domain, listed)
                            ? null
                            : comparison.description(description(domain), listed.description()),
                        comparison.mark(listed)),
                Wanted.neverChanges()),
            found,
            title);
    steps.addAll(diff.steps());
    if (diff.outcome() == Diff.Outcome.WAITS) {
      assessment.put(
          ConditionType.Programmed,
          Verdict.unknown(Reason.Pending, "The domains at ngrok are being listed anew."));
    } else if (diff.outcome() == Diff.Outcome.REFUSED) {
      refuse(domain, reserved.orElseThrow(), title);
    }
  }

  /**
   * The steps for a refused manifest. If it is refused only for a domain that another Clinic is
   * about to give up, it gives up its own domains. Otherwise two Clinics that exchange domains
   * would wait for each other.
   */
  List<Step> releasesInExchange() {
    return waits ? releases : List.of();
  }

  /**
   * The operator itself may have released a domain that was removed from the list and is listed
   * again.
   */
  private Optional<Known> known(ClinicDomain domain, Optional<ReservedDomain> reserved) {
    boolean inUse = reserved.filter(it -> isActive(Mark.on(it))).isPresent();
    return knownID(domain)
        .filter(id -> o.isSettled() || inUse)
        .map(id -> new Known(id, domain.name()));
  }

  private static boolean isActive(Optional<Mark> mark) {
    return mark.isEmpty() || mark.get().isActive();
  }

  /** A domain that was exclusive before keeps its description when it is shared. */
  private static boolean wasExclusive(ClinicDomain domain, ReservedDomain reserved) {
    return domain.shared()
        && reserved.description() != null
        && reserved.description().startsWith(EXCLUSIVE);
  }

  private Optional<String> knownID(ClinicDomain domain) {
    return o.status().domains().stream()
        .filter(status -> status.name().equals(domain.name()) && status.id() != null)
        .map(DomainStatus::id)
        .findFirst();
  }

  /**
   * Whether another installation has the shared domain and writes its mark, or the Clinic uses it
   * without a mark.
   */
  private boolean staysAsItIs(ClinicDomain domain, ReservedDomain reserved) {
    return isLent(o, domain, reserved)
        || (domain.shared()
            && title(o, domain, reserved) == Title.UNMARKED
            && isInUse(o, domain, reserved)
            && !lostItsMark(domain, reserved));
  }

  /**
   * The title to a domain, also if somebody changed its mark, or if it was exclusive or shared
   * before.
   */
  private Title titleInUse(ClinicDomain domain, ReservedDomain reserved) {
    Title title = title(o, domain, reserved);
    return switch (title) {
      case OWN -> domain.shared() ? Title.GIVEN : Title.OWN;
      case SHARED -> domain.shared() ? Title.OWN : Title.GIVEN;
      case UNMARKED -> isInUse(o, domain, reserved) ? Title.OWN : title;
      case HELD -> isMarkedByHand(domain, reserved) ? Title.OWN : title;
      case GIVEN, ADOPTED -> title;
    };
  }

  private void refuse(ClinicDomain domain, ReservedDomain reserved, Title title) {
    Optional<Mark> mark = Mark.on(reserved);
    boolean held = title == Title.HELD;
    boolean givenUp = held && LeftDomain.isGivenUp(o, domain, mark);
    waits =
        (givenUp || (held && LeftDomain.isKept(o, mark)))
            && (waits || !assessment.fails(ConditionType.Accepted));
    assessment.put(
        ConditionType.Accepted,
        givenUp
            ? LeftDomain.givenUp(o, domain, mark.orElseThrow())
            : notOwned(domain, reserved, mark));
  }

  /** Whether somebody copied another mark onto a domain that the Clinic has or shares. */
  private boolean isMarkedByHand(ClinicDomain domain, ReservedDomain reserved) {
    return domain.shared()
        ? o.possession().copied().isOwn(Mark.on(reserved), reserved.id(), reserved.domain())
        : o.exclusiveDomains().contains(reserved);
  }

  /** A shared domain without a mark is ours if only the operator can have made it. */
  private boolean lostItsMark(ClinicDomain domain, ReservedDomain reserved) {
    return Mark.parse(reserved.metadata()).isEmpty()
        && knownID(domain).filter(reserved.id()::equals).isPresent()
        && description(domain).equals(reserved.description());
  }

  /**
   * A shared domain is for many Clinics, so a grant is enough to adopt it. An exclusive domain also
   * needs the annotation.
   */
  private static Title title(ClinicObservation o, ClinicDomain domain, ReservedDomain reserved) {
    Title title =
        o.possession().title(Mark.parse(reserved.metadata()), reserved.id(), domain.name());
    boolean adoptsShared =
        title == Title.UNMARKED && domain.shared() && o.grant().mayAdopt(domain.name());
    return adoptsShared ? Title.ADOPTED : title;
  }

  /** Whether a domain without a mark belongs to the Clinic, as its status shows. */
  static boolean isInUse(ClinicObservation o, ClinicDomain domain, ReservedDomain reserved) {
    return domain.shared()
        ? o.status().domains().stream().anyMatch(known -> reserved.id().equals(known.id()))
            && !o.exclusiveDomains().contains(reserved)
        : o.exclusiveDomains().contains(reserved);
  }

  /**
   * Whether a shared domain of another installation may be used: it was used before, or a grant
   * allows its adoption.
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

  /**
   * Domains that the Clinic no longer lists. They are kept for a while, because they may be wanted
   * back.
   */
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
