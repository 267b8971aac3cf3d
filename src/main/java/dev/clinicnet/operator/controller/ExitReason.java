package dev.clinicnet.operator.controller;

/** The reasons why {@code run} ends, with their exit codes. */
public enum ExitReason {
  /** The operator was told to stop, and stopped in order. */
  STOPPED(0),

  /** An option has a wrong value, or does not exist. */
  INVALID_OPTION(2),
  /** An environment variable looks like that of an option, but is not one. */
  UNKNOWN_VARIABLE(2),
  /** No API key was given. */
  API_KEY_MISSING(2),
  /** Two API keys were given. */
  API_KEY_TWICE(2),
  /** The given API key cannot be one, or cannot be read. */
  API_KEY_UNUSABLE(2),
  /** The kubeconfig cannot be read, or selects no cluster. */
  KUBECONFIG_UNUSABLE(2),
  /** Leaders must be elected, but no namespace is given. */
  LEASE_NAMESPACE_MISSING(2),
  /** The options on leader election contradict each other. */
  LEADER_ELECTION_CONTRADICTORY(2),
  /** The authorities of a test's edge are given, but not its address. */
  EDGE_ADDRESS_MISSING(2),
  /** The given authorities of a test's edge cannot be read, or are not certificates. */
  EDGE_AUTHORITIES_UNUSABLE(2),
  /** The fleet page has no port, or no way of access was chosen for it. */
  FLEET_PAGE_INCOMPLETE(2),
  /** The options on access to the fleet page contradict each other. */
  FLEET_PAGE_CONTRADICTORY(2),
  /** The secret of the fleet page's proxy cannot be read, or is too short. */
  FLEET_PAGE_SECRET_UNUSABLE(2),

  /** The API server does not answer. */
  KUBERNETES_UNREACHABLE(1),
  /** The API server does not accept the credentials. */
  KUBERNETES_LOGIN_REFUSED(1),
  /** The CRDs are not installed. */
  CRDS_MISSING(1),
  /** RBAC does not allow the operator's work. */
  RIGHTS_MISSING(1),
  /** This installation has no name that distinguishes it from others. */
  INSTANCE_UNKNOWN(1),
  /** The port for metrics and health, or that for the fleet page, is taken. */
  PORT_TAKEN(1),
  /** Another failure at the start, such as caches that could not be filled. */
  START_FAILED(1),
  /** Another process leads now. */
  LEASE_LOST(1),
  /** The operator was told to stop, and some work did not end in time. */
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
