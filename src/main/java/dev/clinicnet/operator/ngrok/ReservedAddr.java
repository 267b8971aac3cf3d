package dev.clinicnet.operator.ngrok;

/** A reserved TCP address; {@code addr} is {@code host:port}, chosen by the platform. */
public record ReservedAddr(String id, String createdAt, String addr, String region, String metadata)
    implements RemoteObject {

  /** The body of a reservation. A null {@code region} is {@code us}. */
  public record Create(String description, String metadata, String region) {}

  /** Null members stay as they are. */
  public record Update(String description, String metadata) {}
}
