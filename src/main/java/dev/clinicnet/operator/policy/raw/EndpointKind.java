package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import java.util.List;

/** The protocol of a public endpoint. It decides which phases the policy has (documented). */
public enum EndpointKind {
  /** An endpoint with every phase. */
  HTTPS("an https endpoint"),
  /** Connections only. */
  TCP("a tcp endpoint"),
  /** Connections only. */
  TLS("a tls endpoint");

  private final String words;

  EndpointKind(String words) {
    this.words = words;
  }

  /** The phases that a policy for it may have, in the order they run. */
  public List<Phase> phases() {
    return this == HTTPS ? List.of(Phase.values()) : List.of(Phase.ON_TCP_CONNECT);
  }

  String words() {
    return words;
  }
}
