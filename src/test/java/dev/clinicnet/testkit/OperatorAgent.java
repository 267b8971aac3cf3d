package dev.clinicnet.testkit;

/** The user agents of the operator's clients in the API server's audit log. */
public final class OperatorAgent {
  /** The user agent of the operator in this JVM. As a process, it adds a version. */
  public static final String NAME = "clinic-operator";

  private OperatorAgent() {}
}
