package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.TCPExposure;
import dev.clinicnet.operator.claim.AddressClaims;
import dev.clinicnet.operator.claim.Claimant;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Title;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Diff;
import dev.clinicnet.operator.plan.Known;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.plan.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The TCP address of a service. It is found by the id in the status or by the mark, and reserved if
 * there is none. A released address can never be reserved again, so it is kept as long as the
 * service exists.
 */
final class AddressDecision {
  private static final String DEFAULT_REGION = "us";
  private static final String FIELD = "spec.expose.tcp.address ";

  private final ServiceObservation o;
  private final Assessment assessment;
  private final List<Step> steps = new ArrayList<>();
  private Optional<ReservedAddr> address = Optional.empty();

  AddressDecision(ServiceObservation observation, Assessment assessment) {
    this.o = observation;
    this.assessment = assessment;
  }

  AddressDecision decide(TCPExposure tcp) {
    if (tcp.address() != null) {
      use(tcp.address());
      return this;
    }
    String region = tcp.region() == null ? DEFAULT_REGION : tcp.region();
    List<ReservedAddr> fitting = o.addresses().stream().filter(addr -> fits(addr, region)).toList();
    address = known(o, fitting);
    if (address.isEmpty() && Annotations.get(o.service(), Annotations.HAND_OVER_TO).isPresent()) {
      refuseAnother();
      return this;
    }
    boolean known = o.inventory().isKnown(Resource.RESERVED_ADDRS);
    decide(Finding.of(address, known), Title.OWN, region);
    if (address.isPresent()) {
      o.addresses().stream().filter(addr -> !fits(addr, region)).forEach(this::retire);
      address.filter(addr -> !isIn(addr, region)).ifPresent(addr -> tellRegion(addr, region));
    }
    return this;
  }

  private void tellRegion(ReservedAddr used, String wanted) {
    assessment.put(
        ConditionType.Programmed,
        Verdict.yes(
            Reason.Programmed,
            ("The ngrok account matches the manifest, except the region: clients use the address %s"
                    + " in region %s, so it stays. For an address in region %s, remove spec.expose"
                    + " and set it again.")
                .formatted(used.addr(), used.region(), wanted)));
  }

  /**
   * Whether an address may be kept. An address that clients know stays, although it is in another
   * region than the manifest asks for: its loss could not be undone.
   */
  private boolean fits(ReservedAddr addr, String region) {
    return isIn(addr, region) || listensAt(addr);
  }

  private static boolean isIn(ReservedAddr addr, String region) {
    return addr.region() == null || addr.region().equals(region);
  }

  /** An address of another region was kept for the earlier manifest. It may be wanted back. */
  private void retire(ReservedAddr other) {
    Mark mark = o.markOr(other);
    if (mark.isActive()) {
      steps.add(remark(other, mark.retired(o.now())));
    }
  }

  List<Step> steps() {
    return steps;
  }

  /** The address to listen on; empty before there is one. */
  Optional<ReservedAddr> address() {
    return address;
  }

  /** The address that the operator has reserved for the service; empty if there is none. */
  static Optional<ReservedAddr> reserved(ServiceObservation o) {
    return known(o, o.addresses());
  }

  private static Optional<ReservedAddr> known(ServiceObservation o, List<ReservedAddr> all) {
    AddressStatus status = o.status().address();
    return all.stream()
        .filter(addr -> status != null && addr.id().equals(status.id()))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  private void use(String existing) {
    Finding<ReservedAddr> finding =
        o.inventory().find(Resource.RESERVED_ADDRS, Keys.name(existing));
    if (finding.isUnknown()) {
      await();
    } else if (finding.isAbsent()) {
      assessment.put(
          ConditionType.ResolvedRefs,
          Verdict.no(
              Reason.AddressNotFound,
              FIELD
                  + existing
                  + " is not reserved in this ngrok account: reserve it there, or set"
                  + " spec.expose.tcp.region to have one reserved."));
    } else {
      use(finding.get());
    }
  }

  private void use(ReservedAddr existing) {
    Optional<Mark> mark = Mark.parse(existing.metadata());
    Title title = o.possession().title(mark, existing.id(), existing.addr());
    Optional<Claimant> holder =
        AddressClaims.heldBy(
            o.service(), existing.addr(), o.holders().keeping(o.addressServices(), o.service()));
    if (title == Title.OWN || title == Title.GIVEN) {
      address = Optional.of(existing);
      if (title == Title.GIVEN || !mark.get().isActive()) {
        decide(Finding.present(existing), Title.GIVEN, null);
      }
    } else if (mark.isEmpty() && holder.isPresent()) {
      assessment.put(
          ConditionType.Accepted,
          Verdict.no(
                  Reason.AddressConflict,
                  FIELD
                      + existing.addr()
                      + " is held by "
                      + holder.get().toldTo(o.owner().namespace())
                      + ": choose another.")
              .withholding(holder.get().keptFrom(o.owner().namespace(), told(existing))));
    } else if (mark.isEmpty()
        && (o.grant().existingAddress(existing.addr()) || isInUse(existing))) {
      address = Optional.of(existing);
    } else {
      assessment.put(ConditionType.Accepted, notOwned(existing, mark));
    }
  }

  /**
   * The service listens there already, or did so for its last session, so it was allowed before.
   */
  private boolean isInUse(ReservedAddr existing) {
    return listensAt(existing) || (o.isOnDemand() && isHeld(existing.id()));
  }

  /**
   * Whether the service listens at an address according to its status, whether the endpoint exists
   * or not.
   */
  private boolean listensAt(ReservedAddr addr) {
    return isHeld(addr.id())
        && o.status().endpoint() != null
        && ("tcp://" + addr.addr()).equals(o.status().publicURL());
  }

  private Verdict notOwned(ReservedAddr existing, Optional<Mark> mark) {
    return mark.isPresent()
        ? o.possession()
            .refused(
                Reason.AddressNotOwned,
                FIELD + existing.addr(),
                Resource.RESERVED_ADDRS,
                mark,
                existing.id(),
                existing.addr())
        : Verdict.no(
                Reason.AddressNotOwned,
                FIELD
                    + existing.addr()
                    + " is reserved at ngrok without a mark of this operator. Using it needs a"
                    + " grant for this namespace (addresses.existing of an NgrokAccount). Ask an"
                    + " administrator for the grant, or set spec.expose.tcp.region to have an"
                    + " address reserved.")
            .withholding(Optional.of(told(existing) + " carries no mark"));
  }

  private static String told(ReservedAddr existing) {
    return Inventory.told(Resource.RESERVED_ADDRS, existing.addr(), existing.id());
  }

  private void await() {
    assessment.put(
        ConditionType.Programmed,
        Verdict.unknown(Reason.Pending, "The addresses at ngrok are being listed anew."));
  }

  private void decide(Finding<ReservedAddr> found, Title title, String region) {
    Optional<ReservedAddr> reserved = found.optional();
    Diff diff =
        Diff.of(
            new Wanted<>(
                Resource.RESERVED_ADDRS,
                reserved.map(ReservedAddr::addr).orElse("for " + o.owner()),
                o.mark(),
                reserved.flatMap(o::ownMark).filter(Mark::wasAdopted).isPresent(),
                o.lane(),
                known(reserved),
                () ->
                    new ReservedAddr.Create(
                        description(), o.mark().withNonce(nonce()).text(), region),
                (listed, comparison) ->
                    new ReservedAddr.Update(
                        comparison.description(description(), listed.description()),
                        comparison.mark(listed)),
                Wanted.neverChanges()),
            found,
            title);
    steps.addAll(diff.steps());
    if (diff.outcome() == Diff.Outcome.WAITS) {
      await();
    }
  }

  private Step remark(ReservedAddr reserved, Mark mark) {
    return new Step.Update<>(
        Resource.RESERVED_ADDRS,
        reserved.id(),
        new ReservedAddr.Update(description(), mark.text()),
        reserved.addr(),
        o.lane(),
        Cause.MANIFEST);
  }

  private boolean isHeld(String id) {
    AddressStatus status = o.status().address();
    return status != null && id.equals(status.id());
  }

  private String description() {
    return "ClinicService " + o.owner().name();
  }

  private void refuseAnother() {
    assessment.put(
        ConditionType.Accepted,
        Verdict.no(
            Reason.AddressNotOwned,
            "spec.expose.tcp: a service that hands its address over ("
                + Annotations.HAND_OVER_TO
                + ") has no other one reserved. Remove spec.expose, or the annotation to have one"
                + " reserved."));
  }

  private String nonce() {
    AddressStatus status = o.status().address();
    boolean intended = status != null && status.id() == null && status.nonce() != null;
    return intended ? status.nonce() : o.freshNonce();
  }

  /**
   * The address as the status knows it. If it is missing, only an address of the service itself is
   * a loss.
   */
  private Optional<Known> known(Optional<ReservedAddr> reserved) {
    AddressStatus status = o.status().address();
    return Optional.ofNullable(status)
        .filter(known -> known.id() != null)
        .filter(known -> reserved.isPresent() || (known.nonce() != null && !isStillHeld(status)))
        .map(
            known ->
                Known.marked(
                    Resource.RESERVED_ADDRS, known.id(), known.addr(), o.inventory(), o.mark()));
  }

  /** Whether the service has the address, although it is in another region. */
  private boolean isStillHeld(AddressStatus status) {
    return o.addresses().stream().anyMatch(addr -> addr.id().equals(status.id()));
  }
}
