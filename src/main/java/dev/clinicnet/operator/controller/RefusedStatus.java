package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.kubernetes.MissingRight;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * A status that the API server refuses. To wait for another version of the object does not help.
 */
final class RefusedStatus extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A refusal with the API server's answer as its message. */
  RefusedStatus(KubernetesClientException refusal) {
    super(MissingRight.text(refusal), refusal);
  }
}
