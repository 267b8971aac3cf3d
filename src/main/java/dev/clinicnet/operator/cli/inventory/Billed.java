package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import java.util.Arrays;
import java.util.Optional;

/** What ngrok charges by the hour (documented: "How ngrok charges"). */
enum Billed {
  CLOUD_ENDPOINT("cloudEndpoint"),
  AGENT_ENDPOINT("agentEndpoint"),
  ADDRESS("address"),
  /** A domain of the customer's. Domains under ngrok's own names have no hourly price. */
  CUSTOM_DOMAIN("customDomain");

  private final String code;

  Billed(String code) {
    this.code = code;
  }

  /** The name in a price list. */
  String code() {
    return code;
  }

  /** The kind of charge for an object; empty if there is none. */
  static Optional<Billed> of(RemoteObject row) {
    if (row instanceof Endpoint endpoint) {
      return Optional.of(endpoint.isCloud() ? CLOUD_ENDPOINT : AGENT_ENDPOINT);
    } else if (row instanceof ReservedAddr) {
      return Optional.of(ADDRESS);
    } else if (row instanceof ReservedDomain domain && domain.cnameTarget() != null) {
      return Optional.of(CUSTOM_DOMAIN);
    }
    return Optional.empty();
  }

  static Optional<Billed> named(String code) {
    return Arrays.stream(values()).filter(billed -> billed.code.equals(code)).findFirst();
  }

  boolean isEndpoint() {
    return this == CLOUD_ENDPOINT || this == AGENT_ENDPOINT;
  }
}
