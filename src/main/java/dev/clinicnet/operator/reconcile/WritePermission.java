package dev.clinicnet.operator.reconcile;

import dev.clinicnet.operator.account.AccountGuard;
import dev.clinicnet.operator.account.AccountGuard.Mismatch;
import dev.clinicnet.operator.api.v1alpha1.ClinicSpec;
import dev.clinicnet.operator.api.v1alpha1.DriftPolicy;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides which of the planned steps may be carried out, and what Programmed says about the others.
 *
 * @param suspended whether the Clinic asks for no changes
 * @param reportDrift whether the Clinic asks to leave drift as it is
 * @param mismatch why the account looks wrong; empty when it does not
 * @param cutsOff whether steps that take access away are carried out even in a wrong account
 */
public record WritePermission(
    boolean suspended, boolean reportDrift, Optional<Mismatch> mismatch, boolean cutsOff) {

  /** What Programmed says about a suspended object for which nothing is held back. */
  public static final String AT_REST =
      "The ngrok account matches the manifest. spec.suspend of the Clinic is true, so the operator"
          + " changes nothing.";

  /**
   * The permission for an object.
   *
   * @param clinic the Clinic that decides
   */
  public static WritePermission of(AccountGuard guard, ClinicSpec clinic, HasMetadata object) {
    return new WritePermission(
        clinic.suspend(),
        clinic.driftPolicy() == DriftPolicy.Report,
        guard.blocking(confirmation(object)),
        false);
  }

  /** The permission to delete. Suspension never holds it back, but a wrong account does. */
  public static WritePermission forDeletion(AccountGuard guard, HasMetadata object) {
    return new WritePermission(false, false, guard.blocking(confirmation(object)), false);
  }

  /**
   * The permission for a site that is cut off. Nothing holds it back. In a wrong account its
   * requests find nothing. In the right account, from which much was deleted, the requests may
   * help.
   */
  public static WritePermission forQuarantine(AccountGuard guard, HasMetadata object) {
    return new WritePermission(false, false, guard.blocking(confirmation(object)), true);
  }

  private static String confirmation(HasMetadata object) {
    return Annotations.get(object, Annotations.CONFIRM_ACCOUNT).orElse(null);
  }

  /**
   * The permission after a decision, if this was the one before it. An account that looked wrong at
   * either time holds back: the decision may depend on its lists.
   */
  public WritePermission and(WritePermission later) {
    return mismatch.isPresent() ? this : later;
  }

  /** Whether nothing may be written at the platform. */
  public boolean forbidsAll() {
    return suspended || mismatch.isPresent();
  }

  /** The steps that may be carried out. */
  public List<Step> permitted(List<Step> steps) {
    if (mismatch.isPresent()) {
      return cutsOff ? closing(steps) : List.of();
    }
    if (suspended) {
      return closing(steps);
    }
    return reportDrift
        ? steps.stream().filter(step -> step.cause() != Cause.DRIFT).toList()
        : steps;
  }

  /** What Programmed says when some of the steps were withheld; empty when none were. */
  public Optional<Verdict> withheld(List<Step> steps) {
    if (mismatch.isPresent()) {
      return mismatch.map(WritePermission::verdict);
    }
    if (suspended && !held(steps).isEmpty()) {
      return Optional.of(
          Verdict.no(
              Reason.Suspended,
              "spec.suspend holds back "
                  + text(held(steps))
                  + ". Set it to false to go on."
                  + told(drift(held(steps)))));
    }
    List<Drift> left = left(steps);
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Verdict.no(
                Reason.DriftDetected,
                "spec.driftPolicy is Report."
                    + told(left)
                    + " Undo it there, or set Correct to have it put right."));
  }

  /**
   * The same, if some drift is left because the manifest is refused.
   *
   * @param held the drift that may not be corrected
   */
  public List<Drift> left(List<Step> steps, List<Drift> held) {
    if (mismatch.isPresent()) {
      return List.of();
    }
    List<Drift> left = new ArrayList<>(left(steps));
    held.stream().filter(drift -> !left.contains(drift)).forEach(left::add);
    return left;
  }

  /** What Programmed says about a refused manifest, with the drift that is left. */
  public static Verdict refused(Reason reason, String words, List<Drift> held) {
    return held.isEmpty()
        ? Verdict.no(reason, words)
        : Verdict.no(
            Reason.DriftDetected,
            words + told(held) + " Undo it there; what is missing is made again when it holds.");
  }

  /** The same, if some drift is left because the manifest is refused. */
  public Optional<Verdict> withheld(List<Step> steps, List<Drift> held) {
    Optional<Verdict> withheld = withheld(steps);
    return held.isEmpty() || mismatch.isPresent()
        ? withheld
        : withheld.map(verdict -> verdict.and(told(held).strip()));
  }

  /** The drift that is left as it is. There is none in a wrong account. */
  public List<Drift> left(List<Step> steps) {
    if (mismatch.isPresent()) {
      return List.of();
    }
    List<Step> permitted = permitted(steps);
    return drift(steps.stream().filter(step -> !permitted.contains(step)).toList());
  }

  private static List<Drift> drift(List<Step> steps) {
    return steps.stream().flatMap(step -> step.drift().stream()).toList();
  }

  private static String told(List<Drift> drift) {
    return drift.isEmpty() ? "" : " Somebody else changed at ngrok: " + Drift.what(drift) + ".";
  }

  /** What Programmed says while the account looks like another one than the statuses name. */
  private static Verdict verdict(Mismatch mismatch) {
    return Verdict.no(
        Reason.AccountMismatch,
        mismatch.missing()
            + " of "
            + mismatch.known()
            + " objects are missing in this ngrok account: is the API key of another account?"
            + " Nothing is written. Set the right key; or, if they were deleted on purpose,"
            + " annotate with "
            + Annotations.CONFIRM_ACCOUNT
            + "="
            + mismatch.code()
            + " to have them made again.");
  }

  private static List<Step> closing(List<Step> steps) {
    return steps.stream().filter(step -> step.cause() == Cause.CLOSING).toList();
  }

  /** What is told of the steps that wait. Writes in Kubernetes wait silently. */
  private static List<Step> held(List<Step> steps) {
    return steps.stream()
        .filter(step -> step instanceof Step.Remote && step.cause() != Cause.CLOSING)
        .toList();
  }

  private static String text(List<Step> steps) {
    return String.join(", ", steps.stream().map(Object::toString).toList());
  }
}
