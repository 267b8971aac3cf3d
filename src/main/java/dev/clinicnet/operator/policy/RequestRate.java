package dev.clinicnet.operator.policy;

import java.util.List;
import java.util.Map;

/**
 * How many requests may pass within a sliding window.
 *
 * @param name the name of this limit; requests under one name are counted together
 * @param window a duration as ngrok writes it, for example 60s
 * @param key a CEL expression: requests with the same value are counted together
 */
public record RequestRate(String name, long requests, String window, String key) {
  /** Counts each client address on its own. */
  public static final String CLIENT_ADDRESS = "conn.client_ip";

  /** Counts all requests of an endpoint together, since they all name its host. */
  public static final String ENDPOINT = "req.host";

  Action action() {
    return new Action(
        "rate-limit",
        Map.of(
            "name",
            name,
            "algorithm",
            "sliding_window",
            "capacity",
            requests,
            "rate",
            window,
            "bucket_key",
            List.of(key)));
  }
}
