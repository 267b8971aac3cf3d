package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;

/**
 * The way to agents. What it does may be repeated: to start what is there, or to stop what is not,
 * is no failure.
 */
public interface AgentPort {
  /** Where there is no way to the agents. */
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
   * Has the agent bind an endpoint.
   *
   * @throws NgrokException when it is not known to be done
   */
  void start(Step.StartAgentEndpoint step);

  /**
   * Has the agent let go of an endpoint; returns when it has none of that name.
   *
   * @throws NgrokException when it is not known to be done
   */
  void stop(Step.StopAgentEndpoint step);
}
