package dev.clinicnet.operator.policy;

/** Forwards of a Clinic whose internal domain is the one that the URL lies under. */
public final class Forwards {
  private Forwards() {}

  /** To {@code https://web.clinic1.internal}, of the Clinic that has {@code clinic1.internal}. */
  public static Forward to(String url) {
    String host = Forward.host(url).orElse("");
    return new Forward(url, host.substring(host.indexOf('.') + 1));
  }
}
