package dev.clinicnet.operator.policy.raw;

import java.util.List;

/**
 * What a check found, in the order of the document. Errors are certain: what has the wrong
 * structure, does not parse, or reaches what belongs to others. Warnings are what ngrok may refuse.
 */
public record RawPolicyFindings(List<Finding> errors, List<Finding> warnings) {

  public RawPolicyFindings {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /** Whether there are no errors. Only then can the rules be read. */
  public boolean accepted() {
    return errors.isEmpty();
  }
}
