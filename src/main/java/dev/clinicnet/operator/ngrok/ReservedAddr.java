package dev.clinicnet.operator.ngrok;

import java.util.List;

/** A reserved TCP address; {@code addr} is {@code host:port}, chosen by the platform. */
public record ReservedAddr(
    String id, String createdAt, String addr, String region, String description, String metadata)
    implements RemoteObject {

  @Override
  public String naturalKey() {
    return addr;
  }

  @Override
  public String markText() {
    return metadata;
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.text("region", region));
  }

  /** The body of a reservation. A null {@code region} is {@code us}. */
  public record Create(String description, String metadata, String region) {}

  /** Null members stay as they are. */
  public record Update(String description, String metadata) implements Changes {}
}
