package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * An online endpoint: a cloud endpoint, or one that an agent has bound. Members that do not apply
 * are null.
 *
 * @param upstreamUrl where the agent of an agent's endpoint forwards to (documented in ngrok's API
 *     reference); null for cloud endpoints
 * @param upstreamProtocol {@code http1} or {@code http2}; null where the agent's default counts
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
    Ref tcpAddr,
    String upstreamUrl,
    String upstreamProtocol)
    implements RemoteObject {

  /** An endpoint without an upstream, as cloud endpoints are. */
  public Endpoint(
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
      Ref tcpAddr) {
    this(
        id,
        createdAt,
        type,
        url,
        bindings,
        poolingEnabled,
        description,
        metadata,
        trafficPolicy,
        name,
        principal,
        tunnelSession,
        domain,
        tcpAddr,
        null,
        null);
  }

  public Endpoint {
    bindings = bindings == null ? List.of() : List.copyOf(bindings);
  }

  @Override
  public String naturalKey() {
    return url;
  }

  @Override
  public String markText() {
    return isCloud() ? metadata : null;
  }

  @Override
  public Ref parent() {
    return tunnelSession;
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.text(Field.URL, url), Field.policy(Field.POLICY, trafficPolicy));
  }

  /** Whether this is a cloud endpoint: the only kind that can be changed through the API. */
  @JsonIgnore
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
      String trafficPolicy) {

    /** A traffic policy can hold passwords and client secrets. */
    @Override
    public String toString() {
      return "Create[url=" + url + ", trafficPolicy=" + lengthOf(trafficPolicy) + "]";
    }
  }

  /** Null members stay as they are. */
  public record Update(
      String url,
      List<String> bindings,
      Boolean poolingEnabled,
      String description,
      String metadata,
      String trafficPolicy)
      implements Changes {
    @Override
    public boolean freesName() {
      return url != null;
    }

    /** Another policy. */
    public static Update policy(String trafficPolicy) {
      return new Update(null, null, null, null, null, trafficPolicy);
    }

    /** A traffic policy can hold passwords and client secrets. */
    @Override
    public String toString() {
      return "Update[url=" + url + ", trafficPolicy=" + lengthOf(trafficPolicy) + "]";
    }
  }

  /** A traffic policy can hold passwords and client secrets. */
  @Override
  public String toString() {
    String policy = lengthOf(trafficPolicy);
    return "Endpoint[id="
        + id
        + ", type="
        + type
        + ", url="
        + url
        + ", trafficPolicy="
        + policy
        + "]";
  }

  private static String lengthOf(String policy) {
    return policy == null ? "null" : "(" + policy.length() + " characters)";
  }
}
