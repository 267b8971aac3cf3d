package dev.clinicnet.operator.health;

import java.util.Map;

/**
 * Limits for the HTTP servers of this process: metrics and health, and the fleet page. A slow or
 * silent client must not hold a thread for ever, because each server has only a few.
 *
 * <p>The JDK's server reads them once, as system properties, when the first server is created. So
 * they are the same for all servers of a process.
 */
public final class ConnectionLimits {
  /** Names as in the documentation of the module {@code jdk.httpserver}. The times are seconds. */
  private static final Map<String, String> LIMITS =
      Map.of(
          // To send a request. Probes, Prometheus and browsers send it in one packet.
          "sun.net.httpserver.maxReqTime", "5",
          // From the request to the end of the answer. The fleet page waits 5 s for Kubernetes.
          "sun.net.httpserver.maxRspTime", "30",
          // Between two requests on one connection.
          "sun.net.httpserver.idleInterval", "30",
          // For each server. More than browsers and probes need, and less than a process may open.
          "jdk.httpserver.maxConnections", "200",
          // An answer is sent at once, and does not wait for an acknowledgement.
          "sun.net.httpserver.nodelay", "true");

  private ConnectionLimits() {}

  /** Sets them, where nobody has set them on the command line of Java. */
  public static void set() {
    LIMITS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
