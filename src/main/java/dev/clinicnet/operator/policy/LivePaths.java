package dev.clinicnet.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The paths that a policy at the platform admits, if it has the form that the operator makes. */
public final class LivePaths {
  private LivePaths() {}

  /**
   * The paths of the rule that denies every other path; empty without such a rule.
   *
   * @param policy the tree of the policy
   */
  public static Optional<List<String>> of(JsonNode policy) {
    for (JsonNode rule : policy.path(Phase.ON_HTTP_REQUEST.key())) {
      Optional<PathRestriction> listed =
          PathRestriction.listedIn(rule.path("expressions").path(0).asText());
      if (listed.isPresent()) {
        return listed.map(PathRestriction::paths);
      }
    }
    return Optional.empty();
  }
}
