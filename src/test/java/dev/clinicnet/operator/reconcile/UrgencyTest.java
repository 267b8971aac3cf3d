package dev.clinicnet.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrgencyTest {

  @ParameterizedTest
  @CsvSource({"USUAL, CLOSING", "DELETION, DELETING", "CUT_OFF, CLOSING"})
  void onlyADeletionLetsCutsOfOthersGoBeforeItsSteps(Urgency urgency, Lane lane) {
    Step delete = new Step.Delete(Resource.ENDPOINTS, "ep_1", "https://a.com", Cause.CLOSING);
    Step stop = new Step.StopSession("ts_1");
    Step restart = new Step.RestartSession("ts_2");

    List<Step> steps = urgency.steps(List.of(delete, stop, restart));

    assertThat(steps).extracting(Step::lane).containsExactly(lane, lane, Lane.CHANGE);
    assertThat(steps)
        .extracting(Step::cause)
        .as("nothing else holds them back")
        .containsExactly(Cause.CLOSING, Cause.MANIFEST, Cause.MANIFEST);
  }
}
