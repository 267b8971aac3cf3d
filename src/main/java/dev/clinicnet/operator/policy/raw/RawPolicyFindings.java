package dev.clinicnet.operator.policy.raw;

import java.util.List;

/**
 * What a check found, in the order of the document. Errors are what ngrok would refuse or we must;
 * warnings are what we do not know, and ngrok may.
 */
public record RawPolicyFindings(List<Finding> errors, List<Finding> warnings) {

  public RawPolicyFindings {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /** Whether there are no errors; only then can the rules be read. */
  public boolean accepted() {
    return errors.isEmpty();
  }
}
