package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The place in the tree that is checked, and the lists of findings.
 *
 * @param phase the phase of the rule; null above the rules
 * @param confidential whether the value here may be a secret, so that no message quotes it
 */
record Place(
    String path,
    EndpointKind kind,
    Phase phase,
    boolean confidential,
    SecretReferences secrets,
    List<Finding> errors,
    List<Finding> warnings) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  Place field(String name) {
    if (!PLAIN.matcher(name).matches()) {
      return at(path + "['" + name + "']");
    }
    return at(path.isEmpty() ? name : path + "." + name);
  }

  Place item(int index) {
    return at(path + "[" + index + "]");
  }

  Place in(Phase newPhase) {
    return new Place(path, kind, newPhase, confidential, secrets, errors, warnings);
  }

  Place inConfidence() {
    return new Place(path, kind, phase, true, secrets, errors, warnings);
  }

  void error(String message) {
    errors.add(new Finding(path, message));
  }

  void warn(String message) {
    warnings.add(new Finding(path, message));
  }

  /**
   * Checks an expression here. The reason may quote the expression, so it is left out if the value
   * may be a secret.
   */
  void checkCel(CelExpression cel, String text, int offset, Set<String> extraNames) {
    if (cel.fault() != null) {
      CelProblem problem = cel.fault().within(text, offset);
      error(
          confidential
              ? problem.place() + ": the expression is not CEL: correct it"
              : problem.toString());
      return;
    }
    secrets.refused(cel).forEach(problem -> error(problem.within(text, offset).toString()));
    new CelNames(phase == null ? Set.of(Phase.values()) : Set.of(phase), extraNames)
        .unknown(cel)
        .forEach(
            problem -> {
              CelProblem there = problem.within(text, offset);
              warn(
                  confidential
                      ? there.place() + ": a name that is not documented"
                      : there.toString());
            });
  }

  private Place at(String newPath) {
    return new Place(newPath, kind, phase, confidential, secrets, errors, warnings);
  }
}
