package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The documented conditions under which an agent may bring an endpoint online. */
final class AgentBinding {
  private static final Set<String> BINDINGS = Set.of("public", "internal", "kubernetes");
  private static final int INTERNAL_LABELS = 5;

  private final Account account;
  private final ReservedDomains domains;
  private final ReservedAddrs addresses;
  private final Endpoints endpoints;
  private final OnlineEndpoints online;
  private final PolicyCheck policies;
  private final CrashedEndpoints crashed;

  AgentBinding(
      Account account,
      ReservedDomains domains,
      ReservedAddrs addresses,
      Endpoints endpoints,
      PolicyCheck policies,
      CrashedEndpoints crashed) {
    this.account = account;
    this.domains = domains;
    this.addresses = addresses;
    this.endpoints = endpoints;
    this.online = new OnlineEndpoints(endpoints.rows());
    this.policies = policies;
    this.crashed = crashed;
  }

  /** Brings one endpoint online, or returns why this is not possible. */
  Row bind(AgentEndpoint wanted, Acl acl, String principal, String session, String tunnel) {
    EndpointUrl url = parse(wanted);
    account.state().requireAllowed(url, SimulatorError.HIPAA_AGENT);
    String binding = binding(wanted, url);
    ObjectNode fields = Json.object();
    if (binding.equals("internal")) {
      checkInternal(url);
    }
    checkAcl(url, binding, acl);
    if (binding.equals("public")) {
      checkReservation(url, fields);
    }
    checkPolicy(wanted.trafficPolicy(), url);
    List<Row> others = online.on(url, binding, row -> false);
    if (!share(others, wanted.poolingEnabled())
        || crashed.keeps(url.text(), wanted.poolingEnabled(), session)) {
      throw SimulatorError.ALREADY_ONLINE.with(url.text());
    }
    fields.put("type", "ephemeral").put("name", wanted.name());
    fields.put("url", url.text()).put("scheme", url.scheme()).put("hostport", url.hostport());
    fields.set("bindings", Json.array(List.of(binding)));
    fields.put("pooling_enabled", wanted.poolingEnabled());
    fields.put("description", wanted.description()).put("metadata", wanted.metadata());
    fields.put("traffic_policy", wanted.trafficPolicy());
    fields.put("upstream_url", wanted.upstreamUrl());
    fields.put("upstream_protocol", wanted.upstreamProtocol());
    fields.put("principal", principal).put("tunnel_session", session).put("tunnel", tunnel);
    return endpoints.online(fields);
  }

  private static boolean share(List<Row> others, boolean pooled) {
    return others.stream().allMatch(other -> pooled && other.flag("pooling_enabled"));
  }

  /** Refuses that an endpoint which is online shares its URL no longer, while others have it. */
  void checkPooling(Row endpoint, boolean pooled) {
    String binding = endpoint.fields().path("bindings").path(0).asText();
    if (!share(online.on(url(endpoint), binding, row -> row.id().equals(endpoint.id())), pooled)) {
      throw SimulatorError.ALREADY_ONLINE.with(endpoint.text("url"));
    }
  }

  /** Refuses a policy that an endpoint which is online cannot have. */
  void checkPolicy(Row endpoint, String policy) {
    checkPolicy(policy, url(endpoint));
  }

  private static EndpointUrl url(Row endpoint) {
    try {
      return EndpointUrl.parse(endpoint.text("url"));
    } catch (EndpointUrl.Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  private static EndpointUrl parse(AgentEndpoint wanted) {
    String text = wanted.url();
    if (text.isEmpty() || text.endsWith("://")) {
      // This asks for a random name or address, which the simulator does not have.
      throw text.startsWith("tcp")
          ? SimulatorError.ACL_RANDOM_ADDRESS.with()
          : SimulatorError.INTERNAL_NAME_MISSING.with();
    }
    try {
      return EndpointUrl.parse(text.contains("://") ? text : "https://" + text);
    } catch (EndpointUrl.Malformed e) {
      throw switch (e.problem()) {
        case SCHEME -> SimulatorError.AGENT_SCHEME.with(e.getMessage());
        case PORT -> SimulatorError.AGENT_PORT.with(text);
        case SHAPE, UNPARSABLE -> SimulatorError.AGENT_URL.with(text);
      };
    }
  }

  private static String binding(AgentEndpoint wanted, EndpointUrl url) {
    if (wanted.binding() == null) {
      return url.isInternal() ? "internal" : "public";
    }
    if (!BINDINGS.contains(wanted.binding())) {
      throw SimulatorError.BINDING_INVALID.with(wanted.binding());
    }
    return wanted.binding();
  }

  private static void checkInternal(EndpointUrl url) {
    if (!url.isInternal()) {
      throw SimulatorError.INTERNAL_SUFFIX.with(url.text());
    }
    if (url.labels() > INTERNAL_LABELS) {
      throw SimulatorError.INTERNAL_DEPTH.with(url.text(), url.labels());
    }
  }

  private static void checkAcl(EndpointUrl url, String binding, Acl acl) {
    if (url.scheme().equals("tcp") && binding.equals("public")) {
      if (!acl.permitsAddress(url)) {
        throw SimulatorError.ACL_ADDRESS.with(url.hostport());
      }
    } else if (!acl.permitsName(url)) {
      throw SimulatorError.ACL_NAME.with(url.host());
    }
  }

  private void checkReservation(EndpointUrl url, ObjectNode fields) {
    if (url.scheme().equals("tcp")) {
      Row address =
          addresses
              .at(url.hostport())
              .orElseThrow(() -> SimulatorError.ADDRESS_NOT_RESERVED.with(url.hostport()));
      fields.put("tcp_addr", address.id());
      return;
    }
    if (url.port() != url.publicPort()) {
      throw SimulatorError.AGENT_SCHEME_PORT.with(url.scheme(), url.publicPort());
    }
    Row domain =
        domains
            .covering(url.host())
            .orElseThrow(
                () ->
                    url.isWildcard()
                        ? SimulatorError.WILDCARD_NOT_RESERVED.with(url.host())
                        : SimulatorError.DOMAIN_NOT_RESERVED.with(url.host()));
    fields.put("domain", domain.id());
  }

  private void checkPolicy(String policy, EndpointUrl url) {
    if (policy.isEmpty()) {
      return;
    }
    try {
      policies.check(policy, url, false);
    } catch (ApiException e) {
      throw SimulatorError.AGENT_POLICY.with(e.errorCode() + ": " + e.getMessage());
    }
  }
}
