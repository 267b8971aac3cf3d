package dev.clinicnet.operator.controller;

/** Why {@code run} ends, and with which code. */
public enum ExitReason {
  /** Told to stop, and stopped in order. */
  STOPPED(0),

  /** An option has a value that it cannot have, or does not exist. */
  INVALID_OPTION(2),
  /** An environment variable looks like an option's and is none. */
  UNKNOWN_VARIABLE(2),
  /** No API key was given. */
  API_KEY_MISSING(2),
  /** Two were given. */
  API_KEY_TWICE(2),
  /** What was given as an API key cannot be one, or cannot be read. */
  API_KEY_UNUSABLE(2),
  /** The kubeconfig cannot be read, or selects no cluster. */
  KUBECONFIG_UNUSABLE(2),
  /** Leaders are to be elected, and nobody says where. */
  LEASE_NAMESPACE_MISSING(2),
  /** The options on leader election contradict each other. */
  LEADER_ELECTION_CONTRADICTORY(2),
  /** It is said whom to trust at the edge of a test, and not where that is. */
  EDGE_ADDRESS_MISSING(2),
  /** What was given as the authorities of a test's edge cannot be read, or is something else. */
  EDGE_AUTHORITIES_UNUSABLE(2),

  /** The API server does not answer. */
  KUBERNETES_UNREACHABLE(1),
  /** The API server does not know who this is. */
  KUBERNETES_LOGIN_REFUSED(1),
  /** The CRDs are not installed. */
  CRDS_MISSING(1),
  /** RBAC does not let the operator do its work. */
  RIGHTS_MISSING(1),
  /** This installation cannot be told from another. */
  INSTANCE_UNKNOWN(1),
  /** The port for metrics and health is taken. */
  PORT_TAKEN(1),
  /** Caches could not be filled, or the like. */
  START_FAILED(1),
  /** Another process leads now. */
  LEASE_LOST(1),
  /** Told to stop, and something would not end in time. */
  STOPPED_LATE(1);

  private final int code;

  ExitReason(int code) {
    this.code = code;
  }

  /** The exit code. */
  public int code() {
    return code;
  }
}
