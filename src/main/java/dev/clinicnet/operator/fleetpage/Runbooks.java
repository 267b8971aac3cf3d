package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.attention.Alert;
import java.net.URI;
import java.util.Optional;

/**
 * Where the runbooks of the alerts are.
 *
 * @param base the URL of the directory, without a slash at its end; empty: there are none
 */
public record Runbooks(Optional<URI> base) {
  /** There are none, so nothing links to them. */
  public static final Runbooks NONE = new Runbooks(Optional.empty());

  /** The address of an alert's runbook. */
  Optional<String> of(Alert alert) {
    return base.map(url -> url + "/" + alert.name() + ".md");
  }
}
