package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The documented conditions for a cloud endpoint's URL, binding and pooling. */
final class CloudEndpointRules {
  private static final Set<String> BINDINGS = Set.of("public", "internal", "kubernetes");
  private static final int INTERNAL_LABELS = 5;

  private final ReservedDomains domains;
  private final ReservedAddrs addresses;
  private final OnlineEndpoints online;
  private final Account account;

  CloudEndpointRules(
      Account account, ReservedDomains domains, ReservedAddrs addresses, OnlineEndpoints online) {
    this.account = account;
    this.domains = domains;
    this.addresses = addresses;
    this.online = online;
  }

  static void requireSameScheme(String scheme, String url) {
    if (!url.toLowerCase(Locale.ROOT).startsWith(scheme + "://")) {
      throw SimulatorError.ENDPOINT_SCHEME_CHANGE.with();
    }
  }

  /** Checks the endpoint and writes the derived members into its fields. */
  EndpointUrl check(ObjectNode fields, String self) {
    EndpointUrl url = parse(fields.get("url").asText());
    account.state().requireAllowed(url, SimulatorError.HIPAA_CLOUD);
    String binding = binding(Json.strings(fields.get("bindings")));
    fields.remove(List.of("domain", "tcp_addr"));
    switch (binding) {
      case "internal" -> checkInternal(url);
      case "kubernetes" -> checkKubernetes(url);
      default -> checkPublic(url, fields);
    }
    checkPool(url, binding, fields.path("pooling_enabled").asBoolean(), self);
    fields.put("url", url.text());
    fields.put("scheme", url.scheme());
    fields.put("hostport", url.hostport());
    return url;
  }

  private static EndpointUrl parse(String text) {
    try {
      return EndpointUrl.parse(text);
    } catch (EndpointUrl.Malformed e) {
      throw switch (e.problem()) {
        case UNPARSABLE -> SimulatorError.ENDPOINT_URL_UNPARSABLE.with(text);
        case SCHEME -> SimulatorError.ENDPOINT_SCHEME.with();
        case PORT -> SimulatorError.ENDPOINT_PORT.with();
        case SHAPE -> SimulatorError.ENDPOINT_URL_INVALID.with(e.getMessage());
      };
    }
  }

  private static String binding(List<String> bindings) {
    Set<String> seen = new HashSet<>();
    for (String binding : bindings) {
      if (!BINDINGS.contains(binding)) {
        throw SimulatorError.BINDING_INVALID.with(binding);
      }
      if (!seen.add(binding)) {
        throw SimulatorError.BINDING_REPEATED.with(binding);
      }
    }
    if (bindings.size() > 1) {
      throw SimulatorError.ENDPOINT_BINDING.with();
    }
    return bindings.get(0);
  }

  private static void checkInternal(EndpointUrl url) {
    if (!url.isInternal()) {
      throw SimulatorError.ENDPOINT_BINDING.with();
    }
    if (url.labels() > INTERNAL_LABELS) {
      throw SimulatorError.INTERNAL_DEPTH.with(url.text(), url.labels());
    }
  }

  private static void checkKubernetes(EndpointUrl url) {
    if (url.scheme().equals("https")) {
      throw SimulatorError.KUBERNETES_PROTOCOL.with(url.scheme());
    }
    if (url.labels() != 2 || url.isWildcard()) {
      throw SimulatorError.ENDPOINT_URL_INVALID.with("the host must be name.namespace");
    }
  }

  private void checkPublic(EndpointUrl url, ObjectNode fields) {
    if (url.isInternal()) {
      throw SimulatorError.ENDPOINT_BINDING.with();
    }
    if (url.publicPort() != 0 && url.port() != url.publicPort()) {
      throw SimulatorError.ENDPOINT_SCHEME_PORT.with(url.scheme(), url.publicPort());
    }
    if (url.scheme().equals("tcp")) {
      Row address =
          addresses
              .at(url.hostport())
              .orElseThrow(() -> SimulatorError.ENDPOINT_NOT_RESERVED.with());
      fields.put("tcp_addr", address.id());
    } else {
      Row domain =
          domains
              .covering(url.host())
              .orElseThrow(() -> SimulatorError.ENDPOINT_NOT_RESERVED.with());
      fields.put("domain", domain.id());
    }
  }

  private void checkPool(EndpointUrl url, String binding, boolean pooling, String self) {
    for (Row other : online.on(url, binding, row -> row.id().equals(self))) {
      if (!other.text("scheme").equals(url.scheme())) {
        throw SimulatorError.ENDPOINT_EXISTS.with();
      }
      boolean otherPools = other.flag("pooling_enabled");
      if (pooling && otherPools) {
        continue;
      }
      if (pooling) {
        throw SimulatorError.POOL_EXISTING_DISABLED.with();
      }
      if (OnlineEndpoints.isCloud(other) && !otherPools) {
        throw SimulatorError.ENDPOINT_EXISTS.with();
      }
      throw SimulatorError.POOL_DISABLED.with();
    }
  }
}
