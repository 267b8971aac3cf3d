package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Addresses;
import dev.clinicnet.simulator.traffic.ClientConnection;
import dev.clinicnet.simulator.traffic.Headers;

/**
 * The fields about the client that the platform sends to upstreams (endpoints/http, upstream
 * headers). It appends to {@code X-Forwarded-For} and {@code -Proto}, and leaves a client's {@code
 * -Host} as it is.
 */
final class ForwardedFields {
  private ForwardedFields() {}

  static void add(Headers headers, ClientConnection connection, String scheme, String host) {
    append(headers, "X-Forwarded-For", Addresses.text(connection.client().getAddress()));
    append(headers, "X-Forwarded-Proto", scheme);
    if (headers.first("X-Forwarded-Host").isEmpty()) {
      headers.set("X-Forwarded-Host", host);
    }
  }

  private static void append(Headers headers, String name, String value) {
    String before = String.join(", ", headers.all(name));
    headers.set(name, before.isEmpty() ? value : before + ", " + value);
  }
}
