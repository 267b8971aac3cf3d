package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * The request to change an endpoint while it is online. A member that is null stays as it is.
 *
 * @param tunnelId its id in the platform's API
 */
public record PatchTunnel(
    @JsonProperty("TunnelId") String tunnelId,
    @JsonProperty("Name") String name,
    @JsonProperty("Description") String description,
    @JsonProperty("Metadata") String metadata,
    @JsonProperty("PoolingEnabled") Boolean poolingEnabled,
    @JsonProperty("TrafficPolicy") String trafficPolicy) {

  public PatchTunnel {
    tunnelId = Objects.requireNonNullElse(tunnelId, "");
  }
}
