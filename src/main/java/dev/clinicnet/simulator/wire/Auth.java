package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * The first request of an agent on a connection. A member that is left out is empty.
 *
 * @param clientId empty, or the id of the answer to an earlier request when the agent reconnects
 */
public record Auth(@JsonProperty("ClientId") String clientId, @JsonProperty("Extra") Extra extra) {

  public Auth {
    clientId = Objects.requireNonNullElse(clientId, "");
    extra = Objects.requireNonNullElse(extra, Extra.NONE);
  }

  /**
   * What the agent says of itself.
   *
   * @param cookie that of the earlier answer when the agent reconnects; it identifies the session
   * @param stopUnsupported null or a text: the agent cannot be stopped; empty: it can
   * @param restartUnsupported the same for a restart
   * @param updateUnsupported the same for an update
   */
  public record Extra(
      @JsonProperty("OS") String os,
      @JsonProperty("Authtoken") String authtoken,
      @JsonProperty("Version") String version,
      @JsonProperty("UserAgent") String userAgent,
      @JsonProperty("Metadata") String metadata,
      @JsonProperty("Cookie") String cookie,
      @JsonProperty("StopUnsupportedError") String stopUnsupported,
      @JsonProperty("RestartUnsupportedError") String restartUnsupported,
      @JsonProperty("UpdateUnsupportedError") String updateUnsupported) {
    private static final Extra NONE =
        new Extra(null, null, null, null, null, null, null, null, null);

    public Extra {
      os = Objects.requireNonNullElse(os, "");
      authtoken = Objects.requireNonNullElse(authtoken, "");
      version = Objects.requireNonNullElse(version, "");
      userAgent = Objects.requireNonNullElse(userAgent, "");
      metadata = Objects.requireNonNullElse(metadata, "");
      cookie = Objects.requireNonNullElse(cookie, "");
    }

    /** The token and the cookie are left out. */
    @Override
    public String toString() {
      return "Extra[version=%s, userAgent=%s]".formatted(version, userAgent);
    }
  }
}
