package dev.clinicnet.simulator.agentapi;

/** A request that the agent itself refuses. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient AgentAnswer answer;

  Refusal(AgentAnswer answer) {
    super(answer.body().path("msg").asText());
    this.answer = answer;
  }

  AgentAnswer answer() {
    return answer;
  }
}
