package dev.clinicnet.operator.fleetpage;

import java.util.List;
import java.util.Map;

/**
 * Who looks at the page, as Kubernetes knows the person.
 *
 * @param uid empty if it is not known
 * @param extra what the authenticator adds, which an authorizer may use
 */
public record Viewer(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  public Viewer {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }
}
