package dev.clinicnet.simulator.edge;

/** A connection for whose name no endpoint is online. */
final class NoHosts implements HTTPHosts {

  @Override
  public Admitted admit(String host) throws Refusal {
    throw new Refusal(Failure.offline(host));
  }
}
