package dev.clinicnet.simulator.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The request to bring an endpoint online. A member that is left out is empty.
 *
 * @param id the agent's id for it, which it repeats when it reconnects; empty: the platform chooses
 * @param proto {@code http}, {@code https}, {@code tcp} or {@code tls}
 * @param options what depends on the protocol; the answer repeats it
 */
public record Bind(
    @JsonProperty("Id") String id,
    @JsonProperty("Proto") String proto,
    @JsonProperty("ForwardsTo") String forwardsTo,
    @JsonProperty("ForwardsProto") String forwardsProto,
    @JsonProperty("Opts") ObjectNode options,
    @JsonProperty("Extra") Extra extra) {

  public Bind {
    id = Objects.requireNonNullElse(id, "");
    proto = Objects.requireNonNullElse(proto, "");
    forwardsTo = Objects.requireNonNullElse(forwardsTo, "");
    forwardsProto = Objects.requireNonNullElse(forwardsProto, "");
    options = options == null ? JsonNodeFactory.instance.objectNode() : options;
    extra = extra == null ? new Extra(null, null, null, null, false) : extra;
  }

  /** What the account shows of the endpoint. */
  public record Extra(
      @JsonProperty("Name") String name,
      @JsonProperty("Metadata") String metadata,
      @JsonProperty("Description") String description,
      @JsonProperty("Bindings") List<String> bindings,
      @JsonProperty("PoolingEnabled") boolean poolingEnabled) {

    public Extra {
      name = Objects.requireNonNullElse(name, "");
      metadata = Objects.requireNonNullElse(metadata, "");
      description = Objects.requireNonNullElse(description, "");
      bindings = bindings == null ? List.of() : List.copyOf(bindings);
    }
  }

  /**
   * The URL that the agent asks for; a scheme and {@code ://} alone if it names none. Agents write
   * it in different members, according to their language and age.
   */
  public String url() {
    String url = option("URL");
    if (!url.isEmpty()) {
      return url.contains("://") ? url : proto + "://" + url;
    }
    for (String name : List.of("Domain", "Hostname", "Addr")) {
      if (!option(name).isEmpty()) {
        return proto + "://" + option(name);
      }
    }
    return proto + "://";
  }

  /** The policy as JSON or YAML; empty without one. */
  public String trafficPolicy() {
    return option("TrafficPolicy");
  }

  /** {@code 1}, {@code 2} or empty: the version of the PROXY header before the client's bytes. */
  public String proxyProtocol() {
    String version = option("ProxyProto");
    return version.equals("0") ? "" : version;
  }

  private String option(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return options.properties().stream()
        .filter(each -> each.getKey().toLowerCase(Locale.ROOT).equals(wanted))
        .map(each -> text(each.getValue()))
        .findFirst()
        .orElse("");
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "" : value.asText();
  }
}
