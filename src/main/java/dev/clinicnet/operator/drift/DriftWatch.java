package dev.clinicnet.operator.drift;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Reports;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The drift that one pass over an object finds. A correction is reported as soon as it is done. The
 * rest, and the text of Programmed, are reported at the end of the pass.
 */
public final class DriftWatch implements Journal {
  private final DriftReport report;
  private final Journal journal;
  private final HasMetadata object;
  private final Reports cluster;
  private final List<Condition> before;
  private final List<Drift> corrected = new ArrayList<>();
  private boolean acted;

  DriftWatch(
      DriftReport report,
      Journal journal,
      HasMetadata object,
      Reports cluster,
      List<Condition> before) {
    this.report = report;
    this.journal = journal;
    this.object = object;
    this.cluster = cluster;
    this.before = before;
  }

  @Override
  public void begin() {
    journal.begin();
  }

  @Override
  public void intend(Step.Create<?, ?> step) {
    journal.intend(step);
  }

  @Override
  public void intend(Step.RestartSession step) {
    journal.intend(step);
  }

  @Override
  public void intend(Step.StartAgentEndpoint step) {
    journal.intend(step);
  }

  @Override
  public void stopped(Step.StopAgentEndpoint step) {
    journal.stopped(step);
  }

  @Override
  public boolean write(Step.Write step) {
    return journal.write(step);
  }

  @Override
  public void done(Step step, RemoteObject answer) {
    acted = true;
    try {
      journal.done(step, answer);
    } finally {
      if (!step.drift().isEmpty()) {
        corrected.addAll(step.drift());
        report.corrected(object, cluster, step.drift());
      }
    }
  }

  /**
   * Reports what is left as it is. Returns what Programmed says with all drift in it. The text
   * about a correction stays until the next change.
   *
   * @param verdict what Programmed says without drift
   * @param held the drift that may not be corrected now
   * @param lost the objects that have another owner now, and are never taken back
   */
  public Verdict settle(Verdict verdict, List<Drift> held, List<Drift> lost) {
    List<Drift> gone =
        lost.stream().filter(one -> !corrected.contains(one) && !held.contains(one)).toList();
    List<Drift> left = new ArrayList<>(held);
    left.addAll(gone);
    report.left(object, cluster, left, before);
    if (acted) {
      report.drop(object);
    }
    if (!gone.isEmpty()) {
      return Verdict.no(Reason.DriftDetected, lossOf(gone));
    }
    if (!corrected.isEmpty()) {
      report.keep(
          object,
          " Somebody else had changed it at ngrok; put right at "
              + report.now()
              + ": "
              + Drift.what(corrected)
              + ".");
    }
    Optional<String> kept = corrected.isEmpty() && acted ? Optional.empty() : report.kept(object);
    if (verdict.status() == ConditionStatus.False && verdict.reason() != Reason.Pending) {
      return kept.map(words -> verdict.and(words.strip())).orElse(verdict);
    }
    if (!verdict.isTrue() || verdict.reason() != Reason.Programmed) {
      return verdict;
    }
    return kept.map(verdict.message()::concat)
        .or(this::readBefore)
        .map(message -> Verdict.yes(Reason.DriftCorrected, message))
        .orElse(verdict);
  }

  /**
   * What the condition said about the last correction if nothing has changed since, even if the
   * account could not be seen meanwhile.
   */
  private Optional<String> readBefore() {
    if (acted) {
      return Optional.empty();
    }
    return Conditions.find(before, ConditionType.Programmed)
        .filter(
            condition ->
                condition.observedGeneration().equals(object.getMetadata().getGeneration()))
        .flatMap(Unseen::correction);
  }

  private static String lossOf(List<Drift> lost) {
    boolean owner = lost.stream().anyMatch(drift -> drift.field().equals(Field.OWNER));
    return "Somebody gave this to another owner at ngrok, and it is not taken back: "
        + Drift.what(lost)
        + ". Undo it at ngrok, or change the manifest."
        + (owner
            ? " A credential's owner cannot be changed back: delete the site kit's Secret to have a"
                + " new authtoken issued, and install the new site kit."
            : "");
  }
}
