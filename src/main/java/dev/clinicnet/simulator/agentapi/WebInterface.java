package dev.clinicnet.simulator.agentapi;

import java.util.List;
import java.util.Optional;

/**
 * The settings of an agent's file for its API.
 *
 * @param address empty: switched off
 */
public record WebInterface(Optional<WebAddress> address, AllowedHosts hosts) {

  /** The API is off. */
  public static WebInterface off() {
    return new WebInterface(Optional.empty(), new AllowedHosts(true, List.of()));
  }

  /** The API is served at an address. */
  public static WebInterface at(WebAddress address, List<String> allowedHosts) {
    return new WebInterface(Optional.of(address), AllowedHosts.at(address, allowedHosts));
  }
}
