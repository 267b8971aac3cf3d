package dev.clinicnet.operator.service;

import dev.clinicnet.operator.account.Waves;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.reconcile.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Holds a service's new policy back until its wave, if nobody has changed its manifest and the new
 * policy takes no access away.
 */
final class WaveTurn {
  private static final Set<String> WAITING =
      Set.of(Reason.WaitingForWave.name(), Reason.WaveStopped.name());

  private final Waves waves;
  private final ServiceObservation o;
  private final Owner clinic;

  private WaveTurn(Waves waves, ServiceObservation o) {
    this.waves = waves;
    this.o = o;
    this.clinic = clinic(o);
  }

  private static Owner clinic(ServiceObservation o) {
    return new Owner(
        "Clinic",
        o.service().getMetadata().getNamespace(),
        o.service().getSpec().clinicRef().name());
  }

  /**
   * The decision without a policy whose wave has not come.
   *
   * @param mayWrite whether the steps of the decision may be carried out at all; if not, nothing
   *     waits for the service
   */
  static ServiceDecision of(
      Waves waves, ServiceObservation o, ServiceDecision decision, boolean mayWrite) {
    return new WaveTurn(waves, o).decide(decision, mayWrite);
  }

  /** Tells the waves what became of a policy that was sent. */
  static void report(Waves waves, ServiceObservation o, Assessment assessment) {
    assessment
        .get(ConditionType.Programmed)
        .filter(verdict -> !verdict.isTrue())
        .filter(verdict -> verdict.reason().waits() == Reason.Waits.SOMEBODY)
        .filter(verdict -> verdict.reason() != Reason.WaveStopped)
        .ifPresent(
            verdict -> waves.failed(o.owner(), clinic(o), verdict.reason().name() + ".", o.now()));
  }

  private ServiceDecision decide(ServiceDecision decision, boolean mayWrite) {
    List<Step> held = decision.steps().stream().filter(step -> isHeld(step, decision)).toList();
    if (held.isEmpty() || !mayWrite) {
      return decision.requeuedAt(
          Outcome.earliest(decision.requeueAt(), waves.settled(o.owner(), clinic, o.now())));
    }
    boolean canary =
        o.clinic()
            .map(its -> its.getMetadata().getLabels())
            .filter(labels -> Waves.CANARY.equals(labels.get(Waves.LABEL)))
            .isPresent();
    Waves.Answer answer = waves.ask(o.owner(), clinic, canary, hasWaited(), o.now());
    if (answer.mayGo()) {
      return decision;
    }
    decision.assessment().replace(ConditionType.Programmed, verdict(answer));
    return decision
        .withSteps(decision.steps().stream().filter(step -> !held.contains(step)).toList())
        .requeuedAt(Outcome.earliest(decision.requeueAt(), answer.lookAgain()));
  }

  /** Whether a step sends a policy that differs for a reason outside the manifest. */
  private boolean isHeld(Step step, ServiceDecision decision) {
    return PublicEndpoint.policySent(step) != null
        && step instanceof Step.Update<?, ?> update
        && update.cause() == Cause.MANIFEST
        && update.changes() instanceof Endpoint.Update changes
        && changes.url() == null
        && !o.isOnDemand()
        && isOfThisManifest()
        && Objects.equals(o.status().internalURL(), decision.status().internalURL())
        && !Revocation.isIn(o, step);
  }

  /** Whether the policy in force was made for the present generation of the manifest. */
  private boolean isOfThisManifest() {
    EndpointStatus last = o.status().endpoint();
    Long generation = o.service().getMetadata().getGeneration();
    return last != null
        && last.policyHash() != null
        && generation != null
        && generation.equals(last.generation())
        && generation.equals(o.status().observedGeneration());
  }

  private boolean hasWaited() {
    return Conditions.find(o.status().conditions(), ConditionType.Programmed)
        .filter(condition -> WAITING.contains(condition.reason()))
        .isPresent();
  }

  private static Verdict verdict(Waves.Answer answer) {
    return answer
        .stopped()
        .map(
            why ->
                Verdict.no(
                    Reason.WaveStopped,
                    "The policies of many Clinics change without their manifests, and the change goes"
                        + " no further, because "
                        + why
                        + " The policy before it is in force. When that is mended, it goes on by"
                        + " itself."))
        .orElseGet(
            () ->
                Verdict.no(
                    Reason.WaitingForWave,
                    "The policies of many Clinics change without their manifests, so they change by"
                        + " waves. The policy before it is in force until the turn of this Clinic."));
  }
}
