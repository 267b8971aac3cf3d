package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How an authtoken that was replaced goes away. Durations are written as {@code 24h} or {@code
 * 1h30m}.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Authtoken(String overlap, RevokeOld revokeOld) {

  static final Authtoken DEFAULT = new Authtoken(null, null);

  public Authtoken {
    overlap = overlap == null ? "24h" : overlap;
    revokeOld = revokeOld == null ? RevokeOld.WhenUnused : revokeOld;
  }
}
