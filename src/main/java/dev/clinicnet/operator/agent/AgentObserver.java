package dev.clinicnet.operator.agent;

/** Receives the state of the agents of Clinics. */
public interface AgentObserver {
  /** An observer that does nothing. */
  AgentObserver NONE =
      new AgentObserver() {
        @Override
        public void observed(String namespace, String clinic, AgentFacts facts) {}

        @Override
        public void forget(String namespace, String clinic) {}
      };

  /** A Clinic was reconciled. */
  void observed(String namespace, String clinic, AgentFacts facts);

  /** A Clinic is gone. */
  void forget(String namespace, String clinic);
}
