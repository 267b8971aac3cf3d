package dev.clinicnet.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that an agent is asked for, among those at the platform. */
class AgentStepsTest {
  private static final AgentTarget AGENT = new AgentTarget("clinics", "clinic1", "a.example.com");
  private static final String URL = "https://web.clinic1.internal";
  private static final Step.StartAgentEndpoint START =
      new Step.StartAgentEndpoint(AGENT, "web", URL, "http://10.0.0.1", null);
  private static final Step.StopAgentEndpoint STOP =
      new Step.StopAgentEndpoint(AGENT, "web", URL, Cause.CLOSING);
  private static final Step CLOSE = new Step.Delete(Resource.ENDPOINTS, "ep_1", "https://x");

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();
  private final List<String> log = new ArrayList<>();
  private Failure failure;

  private final AgentPort agents =
      new AgentPort() {
        @Override
        public void start(Step.StartAgentEndpoint step) {
          answer("agent: " + step);
        }

        @Override
        public void stop(Step.StopAgentEndpoint step) {
          answer("agent: " + step);
        }

        private void answer(String asked) {
          log.add(asked);
          if (failure != null) {
            throw new NgrokException(failure, null, "it failed", null);
          }
        }
      };

  private final Journal journal =
      new Journal() {
        @Override
        public void intend(Step.Create<?, ?> step) {}

        @Override
        public void intend(Step.StartAgentEndpoint step) {
          log.add("journal: about to " + step);
        }

        @Override
        public void stopped(Step.StopAgentEndpoint step) {
          log.add("journal: done with " + step);
        }

        @Override
        public void done(Step step, RemoteObject answer) {}
      };

  private final PlanRunner runner =
      new PlanRunner(
          ngrok,
          agents,
          inventory,
          new Attempts(),
          giver -> {},
          Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

  @Test
  void aStartIsWrittenDownBeforeAndNotedUntilItIsListed() {
    run(START);

    assertThat(log).containsExactly("journal: about to " + START, "agent: " + START);
    assertThat(noted()).isEqualTo(START.fingerprint());
    ngrok.sweepInto(inventory);
    assertThat(inventory.noted(Resource.ENDPOINTS, Keys.name(URL))).isEmpty();
  }

  @Test
  void aStopIsWrittenDownAfter() {
    run(STOP);

    assertThat(log).containsExactly("agent: " + STOP, "journal: done with " + STOP);
    assertThat(noted()).isEqualTo(AgentNote.STOPPED);
  }

  @Test
  void aStartThatFailsMayHaveHappened() {
    failure = Failure.UNAVAILABLE;
    Run run = run(START);

    assertThat(run.failed()).singleElement().satisfies(f -> assertThat(f.isUncertain()).isFalse());
    assertThat(noted()).isEqualTo(AgentNote.ASKED);
  }

  @Test
  void anAgentThatIsOfflineHoldsNothingElseBack() {
    failure = Failure.UNAVAILABLE;
    Run run = run(STOP, CLOSE);

    assertThat(run.done()).containsExactly(CLOSE);
    assertThat(log).doesNotContain("journal: done with " + STOP);
  }

  @Test
  void whoDoesNotLeadAsksNobodyAnyMore() {
    failure = Failure.NOT_LEADING;

    assertThat(run(STOP, CLOSE).done()).isEmpty();
  }

  @Test
  void whileThePlatformCannotCloseTheAgentIsNotAsked() {
    ngrok.failing("delete endpoints", ScriptedNgrok.failure(Failure.UNAVAILABLE));

    run(CLOSE, STOP);

    assertThat(log).isEmpty();
  }

  @Test
  void anotherUpstreamIsAnotherFingerprint() {
    assertThat(
            List.of(
                START.fingerprint(),
                new Step.StartAgentEndpoint(AGENT, "web", URL, "http://10.0.0.2", null)
                    .fingerprint(),
                new Step.StartAgentEndpoint(AGENT, "web", URL, "http://10.0.0.1", "http2")
                    .fingerprint(),
                new Step.StartAgentEndpoint(AGENT, "web", URL + "2", "http://10.0.0.1", null)
                    .fingerprint()))
        .doesNotHaveDuplicates();
    assertThat(AgentNote.fingerprint(AgentNote.metadata("abc"))).contains("abc");
    assertThat(AgentNote.fingerprint("somebody else's")).isEmpty();
    assertThat(AgentNote.fingerprint(null)).isEmpty();
  }

  private String noted() {
    return inventory.noted(Resource.ENDPOINTS, Keys.name(URL)).orElseThrow();
  }

  private Run run(Step... steps) {
    return runner.run("ClinicService clinics/web", List.of(steps), journal);
  }
}
