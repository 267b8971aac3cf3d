package dev.clinicnet.operator.api.v1alpha1;

/** The HTTP version that the agent speaks to the upstream. Absent: ngrok's default, http1. */
public enum UpstreamProtocol {
  http1,
  http2
}
