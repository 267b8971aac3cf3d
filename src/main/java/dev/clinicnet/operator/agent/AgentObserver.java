package dev.clinicnet.operator.agent;

/** Is told how the agents of Clinics stand. */
public interface AgentObserver {
  /** For whoever does not want to know. */
  AgentObserver NONE =
      new AgentObserver() {
        @Override
        public void observed(String namespace, String clinic, AgentFacts facts) {}

        @Override
        public void forget(String namespace, String clinic) {}
      };

  /** A Clinic was looked at. */
  void observed(String namespace, String clinic, AgentFacts facts);

  /** A Clinic is gone. */
  void forget(String namespace, String clinic);
}
