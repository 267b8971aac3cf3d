package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.kubernetes.MissingRight;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** A status that the API server does not take: waiting for another version of it is no use. */
final class RefusedStatus extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the API server said is the message. */
  RefusedStatus(KubernetesClientException refusal) {
    super(MissingRight.text(refusal), refusal);
  }
}
