package dev.clinicnet.operator.agent;

/** Is told how the agents of Clinics stand. */
public interface AgentObserver {
  /** Ignores everything. */
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
