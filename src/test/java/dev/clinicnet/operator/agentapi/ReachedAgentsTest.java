package dev.clinicnet.operator.agentapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.operator.plan.AgentTarget;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachedAgentsTest {
  private static final AgentTarget TARGET = new AgentTarget("clinics", "clinic1", StubAgent.HOST);
  private static final Step.StartAgentEndpoint START =
      new Step.StartAgentEndpoint(TARGET, "web", "https://web.c.internal", "http://u:1", null);
  private static final Step.StopAgentEndpoint STOP =
      new Step.StopAgentEndpoint(TARGET, "web", "https://web.c.internal", Cause.CLOSING);

  private StubAgent agent;
  private AgentApis apis;
  private Optional<AgentLogin> login;

  @BeforeEach
  void open() throws Exception {
    agent = new StubAgent().answering("GET /api/endpoints", 200, "{\"endpoints\":[]}");
    apis = agent.apis();
    login = Optional.of(agent.login());
  }

  @AfterEach
  void close() {
    apis.close();
    agent.close();
  }

  @Test
  void whatIsStartedCarriesItsFingerprint() {
    agent.answering("POST /api/endpoints", 201, "{\"url\":\"https://web.c.internal\"}");

    agents(WriteGuard.ALWAYS).start(START);

    assertThat(agent.requests())
        .last()
        .asString()
        .contains("\"metadata\":\"clinic-operator " + START.fingerprint() + "\"");
    agents(WriteGuard.ALWAYS).stop(STOP);
  }

  @ParameterizedTest
  @CsvSource({"401, UNAUTHORIZED", "503, UNAVAILABLE", "400, INVALID"})
  void aFailureSaysWhatToDo(int status, Failure failure) {
    agent.answering("GET /api/endpoints", status, "");

    assertThat(failure(WriteGuard.ALWAYS).failure()).isEqualTo(failure);
  }

  @Test
  void withoutALoginNobodyIsAsked() {
    login = Optional.empty();

    NgrokException e = failure(WriteGuard.ALWAYS);

    assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(e.getMessage()).contains("Secret", "Clinic clinic1");
    assertThat(agent.requests()).isEmpty();
  }

  @Test
  void whoDoesNotLeadAsksNobody() {
    WriteGuard standby =
        () -> {
          throw new NgrokException(Failure.NOT_LEADING, null, "another process leads", null);
        };

    assertThat(failure(standby).failure()).isEqualTo(Failure.NOT_LEADING);
    assertThat(agent.requests()).isEmpty();
  }

  private NgrokException failure(WriteGuard guard) {
    return catchThrowableOfType(NgrokException.class, () -> agents(guard).stop(STOP));
  }

  private ReachedAgents agents(WriteGuard guard) {
    return new ReachedAgents(apis, target -> login, guard);
  }
}
