package dev.clinicnet.operator.service;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.TCPExposure;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The TCP address of a service: found by the id in the status, else by the mark, else reserved. One
 * that was released can never be had again, so that it is kept as long as the service.
 */
final class AddressDecision {
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
    } else {
      reserved(o).ifPresentOrElse(this::keep, () -> reserve(tcp.region()));
    }
    return this;
  }

  List<Step> steps() {
    return steps;
  }

  /** The address to listen on, once there is one. */
  Optional<ReservedAddr> address() {
    return address;
  }

  /** The address that the operator has reserved for the service, if it has. */
  static Optional<ReservedAddr> reserved(ServiceObservation o) {
    List<ReservedAddr> all = o.addresses();
    AddressStatus status = o.status().address();
    return all.stream()
        .filter(addr -> status != null && addr.id().equals(status.id()))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  private void use(String existing) {
    Finding<ReservedAddr> finding =
        o.inventory().find(Resource.RESERVED_ADDRS, Keys.name(existing));
    address = finding.optional();
    if (finding.isUnknown()) {
      await();
    }
    if (finding.isAbsent()) {
      assessment.put(
          ConditionType.ResolvedRefs,
          Verdict.no(
              Reason.AddressNotFound,
              "spec.expose.tcp.address "
                  + existing
                  + " is not reserved in this ngrok account: reserve it there, or set"
                  + " spec.expose.tcp.region to have one reserved."));
    }
  }

  private void await() {
    assessment.put(
        ConditionType.Programmed,
        Verdict.unknown(Reason.Pending, "The addresses at ngrok are being listed anew."));
  }

  private void keep(ReservedAddr reserved) {
    address = Optional.of(reserved);
    Optional<Mark> mark = Mark.parse(reserved.metadata());
    if (mark.filter(Mark::isActive).isEmpty()) {
      steps.add(
          new Step.Update<>(
              Resource.RESERVED_ADDRS,
              reserved.id(),
              new ReservedAddr.Update(
                  null, o.mark().withNonce(mark.map(Mark::nonce).orElse(null)).text()),
              reserved.addr(),
              o.lane(),
              Cause.MANIFEST));
    }
  }

  private void reserve(String region) {
    if (!o.inventory().isKnown(Resource.RESERVED_ADDRS)) {
      await();
      return;
    }
    AddressStatus status = o.status().address();
    boolean intended = status != null && status.id() == null && status.nonce() != null;
    String nonce = intended ? status.nonce() : o.freshNonce();
    steps.add(
        new Step.Create<>(
            Resource.RESERVED_ADDRS,
            new ReservedAddr.Create(
                "ClinicService " + o.owner().name(),
                o.mark().withNonce(nonce).text(),
                region == null ? "us" : region),
            "for " + o.owner(),
            true,
            o.lane(),
            status == null || intended ? Cause.MANIFEST : Cause.DRIFT));
  }
}
