package dev.clinicnet.operator.ngrok;

import java.util.List;

/**
 * An online endpoint: a cloud endpoint, or one that an agent has bound. Members that do not apply
 * are null.
 */
public record Endpoint(
    String id,
    String createdAt,
    String type,
    String url,
    List<String> bindings,
    Boolean poolingEnabled,
    String description,
    String metadata,
    String trafficPolicy,
    String name,
    Ref principal,
    Ref tunnelSession,
    Ref domain,
    Ref tcpAddr)
    implements RemoteObject {

  public Endpoint {
    bindings = bindings == null ? List.of() : List.copyOf(bindings);
  }

  /** Whether this is a cloud endpoint: the only kind that can be changed through the API. */
  public boolean isCloud() {
    return "cloud".equals(type);
  }

  /** The body of a cloud endpoint; {@code trafficPolicy} is text holding JSON. */
  public record Create(
      String type,
      String url,
      List<String> bindings,
      Boolean poolingEnabled,
      String description,
      String metadata,
      String trafficPolicy) {}

  /** Null members stay as they are. */
  public record Update(String url, String description, String metadata, String trafficPolicy) {}
}
