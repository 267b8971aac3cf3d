package dev.clinicnet.operator.fleetpage;

/** Finds out who asks. */
interface Login {

  /** The answer. */
  sealed interface Outcome {}

  /** It is known who asks. */
  record Known(Viewer viewer) implements Outcome {}

  /**
   * It is not known who asks, so there is no page.
   *
   * @param status the HTTP status
   * @param message what to do; it says nothing of the fleet
   * @param challenge the value of the header WWW-Authenticate; null for none
   */
  record Refused(int status, String message, String challenge) implements Outcome {}

  /** The refusal of an address that has failed too often. */
  Refused TOO_MANY_FAILURES =
      new Refused(429, "Too many requests with wrong credentials. Wait a minute.", null);

  /**
   * Who asks.
   *
   * @throws ReviewFailure when Kubernetes does not answer
   */
  Outcome check(Credentials credentials);
}
