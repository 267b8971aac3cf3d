package dev.clinicnet.simulator;

/** Checks a traffic policy when an endpoint is written. */
interface PolicyCheck {
  /** Refuses a policy with the code of the first problem. */
  void check(String text, EndpointUrl url, boolean mustTerminate);
}
