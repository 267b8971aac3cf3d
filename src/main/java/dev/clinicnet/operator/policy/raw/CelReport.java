package dev.clinicnet.operator.policy.raw;

import java.util.List;
import java.util.Optional;

/**
 * What is wrong with an expression.
 *
 * @param error why it is no CEL, with the column; empty when it is
 * @param warnings names that we do not know; ngrok may have added them since
 */
public record CelReport(Optional<String> error, List<String> warnings) {

  public CelReport {
    warnings = List.copyOf(warnings);
  }
}
