package dev.clinicnet.testkit;

/** What the operator's clients call themselves, in the API server's audit log. */
public final class OperatorAgent {
  /** The operator in this JVM; as a process, it adds a version. */
  public static final String NAME = "clinic-operator";

  private OperatorAgent() {}
}
