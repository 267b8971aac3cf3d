package dev.clinicnet.operator.agentapi;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import dev.clinicnet.operator.plan.AgentNote;
import dev.clinicnet.operator.plan.AgentPort;
import dev.clinicnet.operator.plan.AgentTarget;
import dev.clinicnet.operator.plan.Step;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Carries out the steps at agents through their APIs. */
public final class ReachedAgents implements AgentPort {
  private final AgentApis apis;
  private final Function<AgentTarget, Optional<AgentLogin>> logins;
  private final WriteGuard guard;

  /**
   * The agents for which there is a login.
   *
   * @param logins the present login for an agent's API; empty while there is none
   * @param guard asked before anything is changed
   */
  public ReachedAgents(
      AgentApis apis, Function<AgentTarget, Optional<AgentLogin>> logins, WriteGuard guard) {
    this.apis = apis;
    this.logins = logins;
    this.guard = guard;
  }

  @Override
  public void start(Step.StartAgentEndpoint step) {
    ask(
        step.agent(),
        api ->
            api.start(
                new StartedEndpoint(
                    step.name(),
                    step.url(),
                    step.upstreamURL(),
                    step.upstreamProtocol(),
                    AgentNote.metadata(step.fingerprint()))));
  }

  @Override
  public void stop(Step.StopAgentEndpoint step) {
    ask(step.agent(), api -> api.stop(step.name()));
  }

  private void ask(AgentTarget agent, Consumer<AgentApi> question) {
    guard.check();
    AgentLogin login =
        logins
            .apply(agent)
            .orElseThrow(
                () ->
                    new NgrokException(
                        Failure.UNAVAILABLE,
                        null,
                        "the Secret for the agent's API of Clinic "
                            + agent.clinic()
                            + " is not there, or is being renewed",
                        null));
    try {
      question.accept(apis.of(login));
    } catch (AgentApiException e) {
      throw new NgrokException(failure(e.failure()), e.code(), e.getMessage(), null);
    }
  }

  private static Failure failure(AgentApiFailure failure) {
    return switch (failure) {
      case UNREACHABLE -> Failure.UNAVAILABLE;
      case REFUSED -> Failure.UNAUTHORIZED;
      case ALREADY_STARTED -> Failure.CONFLICT;
      case UNSUPPORTED, INVALID -> Failure.INVALID;
    };
  }
}
