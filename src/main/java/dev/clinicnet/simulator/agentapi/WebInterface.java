package dev.clinicnet.simulator.agentapi;

import java.util.List;
import java.util.Optional;

/**
 * How an agent's file has its API served.
 *
 * @param address empty: switched off
 */
public record WebInterface(Optional<WebAddress> address, AllowedHosts hosts) {

  /** Switched off. */
  public static WebInterface off() {
    return new WebInterface(Optional.empty(), new AllowedHosts(true, List.of()));
  }

  /** Served at an address. */
  public static WebInterface at(WebAddress address, List<String> allowedHosts) {
    return new WebInterface(Optional.of(address), AllowedHosts.at(address, allowedHosts));
  }
}
