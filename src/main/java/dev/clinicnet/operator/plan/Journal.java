package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.RemoteObject;

/** Where a step leaves its trace in Kubernetes. */
public interface Journal {
  /** For steps that leave no trace. */
  Journal NONE =
      new Journal() {
        @Override
        public void intend(Step.Create<?, ?> step) {}

        @Override
        public void done(Step step, RemoteObject answer) {}
      };

  /**
   * Writes down, before it is sent, that a journaled object is about to be created. What it throws
   * keeps the request from being sent.
   */
  void intend(Step.Create<?, ?> step);

  /** Of a creation for which a journal has no place: without one it may not be sent. */
  static IllegalStateException unknown(Step.Create<?, ?> step) {
    return new IllegalStateException("no intent to " + step + " can be written down");
  }

  /** Writes down, before it is asked, that an agent is about to bind an endpoint. */
  default void intend(Step.StartAgentEndpoint step) {}

  /** Writes down that an agent has let go of an endpoint. */
  default void stopped(Step.StopAgentEndpoint step) {}

  /** Carries out a change of an object in Kubernetes. What it throws ends the run. */
  default void write(Step.Write step) {
    throw new IllegalStateException("this pass has nothing to write: " + step);
  }

  /** Writes down what the platform answered, before anything else happens. */
  void done(Step step, RemoteObject answer);
}
