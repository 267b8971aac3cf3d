package dev.clinicnet.operator.drift;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.audit.AuditTrail;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.EventReason;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.kubernetes.Reports;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.Step;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several passes, with outages, restarts and refused statuses in between. */
class DriftWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-28T11:00:00Z");
  private static final Drift EDITED =
      new Drift("endpoints", "https://a.example.com", Field.POLICY, "policy 1", "policy 2");
  private static final Verdict WELL = Verdict.yes(Reason.Programmed, "ngrok holds it.");
  private static final String CORRECTED =
      "ngrok holds it. Somebody else had changed it at ngrok; put right at 2026-11-28T11:00:00Z:"
          + " traffic_policy of endpoints https://a.example.com.";
  private static final Unseen OUTAGE = new Unseen(Reason.PlatformUnavailable, NOW, "ngrok failed");

  private final List<String> events = new ArrayList<>();
  private final ClinicService object = service("web").build();
  private DriftReport report = fresh();
  private List<Condition> status = conditions(new Assessment().put(ConditionType.Programmed, WELL));

  @Test
  void aCorrectionIsToldOnceAndStaysToBeRead() {
    pass(Optional.empty(), correction());
    assertSays(Reason.DriftCorrected, CORRECTED);

    pass(Optional.empty());
    restart();
    pass(Optional.empty());

    assertSays(Reason.DriftCorrected, CORRECTED);
    assertThat(events).hasSize(1).first().asString().startsWith("DriftCorrected");
  }

  @Test
  void itIsReadAgainAfterAnOutageAndARestartInIt() {
    pass(Optional.empty(), correction());
    pass(Optional.of(OUTAGE));
    assertSays(
        Reason.PlatformUnavailable,
        "Not known since 2026-11-28T11:00:00Z, last seen as DriftCorrected: ngrok failed. It said"
            + " before: "
            + CORRECTED);

    restart();
    pass(Optional.of(OUTAGE));
    pass(Optional.of(new Unseen(Reason.APIKeyRejected, NOW, "the key is refused")));
    assertThat(programmed().message()).endsWith("refused. It said before: " + CORRECTED);
    restart();
    pass(Optional.empty());

    assertSays(Reason.DriftCorrected, CORRECTED);
    assertThat(events).hasSize(1);
  }

  @Test
  void itIsReadLaterWhenNothingCanBeSeenRightAfterIt() {
    pass(Optional.of(OUTAGE), correction());
    assertThat(programmed().reason()).isEqualTo("PlatformUnavailable");

    restart();
    pass(Optional.empty());

    assertSays(Reason.DriftCorrected, CORRECTED);
    assertThat(events).hasSize(1);
  }

  @Test
  void itIsReadLaterWhenItIsMadeWhileNothingCanBeSeen() {
    pass(Optional.of(OUTAGE));
    assertThat(programmed().message()).contains("last seen as Programmed");
    pass(Optional.of(OUTAGE), correction());
    restart();
    pass(Optional.empty());

    assertSays(Reason.DriftCorrected, CORRECTED);
  }

  @Test
  void itIsReadLaterWhenTheStatusWasNotTaken() {
    List<Condition> before = status;
    pass(Optional.empty(), correction());
    status = before;

    pass(Optional.empty());

    assertSays(Reason.DriftCorrected, CORRECTED);
    assertThat(events).hasSize(1);
  }

  @Test
  void theNextChangeEndsIt() {
    pass(Optional.empty(), correction());
    pass(Optional.empty(), change());
    assertSays(Reason.Programmed, WELL.message());

    pass(Optional.empty());

    assertSays(Reason.Programmed, WELL.message());
  }

  @Test
  void anotherManifestEndsItToo() {
    pass(Optional.empty(), correction());
    object.getMetadata().setGeneration(2L);

    pass(Optional.empty());

    assertSays(Reason.Programmed, WELL.message());
  }

  @Test
  void whatIsLeftIsToldOnceAndASecondTimeOnlyWhenItIsThereAgain() {
    left(EDITED);
    left(EDITED);
    restart();
    left(EDITED);
    assertThat(events).hasSize(1).first().asString().startsWith("DriftDetected");

    left();
    left(EDITED);
    assertThat(events).hasSize(2);
  }

  @Test
  void aLongTextLeavesRoomForWhyNothingCanBeSeen() {
    List<Drift> many =
        IntStream.range(0, 40)
            .mapToObj(
                i -> new Drift("endpoints", "https://a" + i + ".example.com", "url", "a", "b"))
            .toList();
    pass(Optional.empty(), update(many, Cause.DRIFT));
    pass(Optional.of(OUTAGE));

    assertThat(programmed().message())
        .hasSizeLessThan(1024)
        .startsWith("Not known since 2026-11-28T11:00:00Z, last seen as DriftCorrected: ngrok")
        .endsWith("…");
    String words = programmed().message();
    pass(Optional.of(OUTAGE));
    assertThat(programmed().message())
        .as("nothing is written while nothing changes")
        .isEqualTo(words);
    restart();
    pass(Optional.empty());
    assertThat(programmed().reason()).isEqualTo("DriftCorrected");
    assertThat(programmed().message()).startsWith("ngrok holds it. Somebody else had changed it");
  }

  private void pass(Optional<Unseen> unseen, Step... done) {
    DriftWatch watch = report.watch(Journal.NONE, object, new Told(), status);
    for (Step step : done) {
      watch.done(step, null);
    }
    Assessment assessment =
        new Assessment()
            .put(ConditionType.Programmed, watch.settle(WELL, List.of(), List.of()))
            .unseen(ConditionType.Programmed, unseen, status);
    status = conditions(assessment);
  }

  private void left(Drift... drift) {
    List<Drift> left = List.of(drift);
    DriftWatch watch = report.watch(Journal.NONE, object, new Told(), status);
    Verdict said = left.isEmpty() ? WELL : Verdict.no(Reason.DriftDetected, Drift.what(left));
    status =
        conditions(
            new Assessment().put(ConditionType.Programmed, watch.settle(said, left, List.of())));
  }

  private void restart() {
    report = fresh();
  }

  private static DriftReport fresh() {
    return new DriftReport(AuditTrail.NONE, DriftObserver.NONE, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private List<Condition> conditions(Assessment assessment) {
    return assessment.conditions(
        status == null ? List.of() : status, object.getMetadata().getGeneration(), NOW);
  }

  private Condition programmed() {
    return Conditions.find(status, ConditionType.Programmed).orElseThrow();
  }

  private void assertSays(Reason reason, String message) {
    assertThat(programmed().reason()).isEqualTo(reason.name());
    assertThat(programmed().message()).isEqualTo(message);
  }

  private static Step correction() {
    return update(List.of(EDITED), Cause.DRIFT);
  }

  private static Step change() {
    return update(List.of(), Cause.MANIFEST);
  }

  private static Step update(List<Drift> drift, Cause cause) {
    return new Step.Update<>(
        Resource.ENDPOINTS,
        "ep_1",
        Endpoint.Update.policy("{}"),
        "https://a.example.com",
        Lane.CHANGE,
        cause,
        drift);
  }

  /** Keeps the Events. */
  private final class Told implements Reports {
    @Override
    public void applyStatus(HasMetadata withStatus) {
      throw new AssertionError("the pass writes it");
    }

    @Override
    public void emit(HasMetadata about, boolean warning, EventReason reason, String message) {
      events.add(reason + ": " + message);
    }
  }
}
