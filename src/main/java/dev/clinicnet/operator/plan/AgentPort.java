package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;

/**
 * The port to agents. Calls may be repeated: to start a running endpoint, or to stop a missing one,
 * is not a failure.
 */
public interface AgentPort {
  /** A port without a connection to agents. */
  AgentPort NONE =
      new AgentPort() {
        @Override
        public void start(Step.StartAgentEndpoint step) {
          throw unavailable();
        }

        @Override
        public void stop(Step.StopAgentEndpoint step) {
          throw unavailable();
        }

        private static NgrokException unavailable() {
          return new NgrokException(Failure.UNAVAILABLE, null, "no agent can be reached", null);
        }
      };

  /**
   * Makes the agent bind an endpoint.
   *
   * @throws NgrokException when the result is not known
   */
  void start(Step.StartAgentEndpoint step);

  /**
   * Makes the agent stop an endpoint. Returns when it has none of that name.
   *
   * @throws NgrokException when the result is not known
   */
  void stop(Step.StopAgentEndpoint step);
}
