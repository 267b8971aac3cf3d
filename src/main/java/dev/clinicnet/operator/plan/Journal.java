package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.RemoteObject;

/** Records steps in Kubernetes. */
public interface Journal {
  /** A journal that records nothing. */
  Journal NONE =
      new Journal() {
        @Override
        public void intend(Step.Create<?, ?> step) {}

        @Override
        public void done(Step step, RemoteObject answer) {}
      };

  /**
   * Records, before the first request that creates or changes something, that there may be
   * something at the platform. An exception prevents the request.
   */
  default void begin() {}

  /**
   * Records, before the request, that a journaled object will be created. An exception prevents the
   * request.
   */
  void intend(Step.Create<?, ?> step);

  /** The failure for a creation that a journal cannot record. Such a request may not be sent. */
  static IllegalStateException unknown(Step.Create<?, ?> step) {
    return new IllegalStateException("no intent to " + step + " can be written down");
  }

  /** Records, before the request, that connected agents will restart. */
  default void intend(Step.RestartSession step) {}

  /** Records, before the call, that an agent will bind an endpoint. */
  default void intend(Step.StartAgentEndpoint step) {}

  /** Records that an agent has stopped an endpoint. */
  default void stopped(Step.StopAgentEndpoint step) {}

  /**
   * Carries out a change of an object in Kubernetes. What it throws ends the run.
   *
   * @return whether the object was written; if not, the journal knows why, and the run goes on
   */
  default boolean write(Step.Write step) {
    throw new IllegalStateException("this pass has nothing to write: " + step);
  }

  /** Records the platform's answer before anything else happens. */
  void done(Step step, RemoteObject answer);
}
