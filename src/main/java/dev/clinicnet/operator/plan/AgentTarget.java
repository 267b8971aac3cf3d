package dev.clinicnet.operator.plan;

import java.util.Objects;

/**
 * The agent of a Clinic, with the host of its API.
 *
 * @param host the public host that leads to it
 */
public record AgentTarget(String namespace, String clinic, String host) {
  public AgentTarget {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(clinic, "clinic");
    Objects.requireNonNull(host, "host");
  }
}
