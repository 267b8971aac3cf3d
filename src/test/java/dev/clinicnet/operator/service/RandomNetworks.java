package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.grant.AdmittingGrants;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.session.SessionBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Services whose manifest, raw rules, status and endpoint at ngrok name internal URLs of their own
 * Clinic and of others, written in all ways; in Clinics that are accepted, refused, cut off, going
 * or gone.
 */
final class RandomNetworks {
  /** The internal domain of another Clinic, which the service's own Clinic may have had. */
  static final String FORMER = "first.internal";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADDRESS = "1.tcp.ngrok.io:20000";
  private static final Map<String, String> USERS = Map.of("ann", "planted-password");
  private static final List<String> DOMAINS =
      List.of("clinic1.internal", "second.internal", "a.b.internal", "xfirst.internal");

  /** {@code D} is the present internal domain, {@code F} the former one. */
  private static final List<String> URLS =
      List.of(
          "https://web.D",
          "https://web.D:8443",
          "tcp://web.D:5432",
          "tls://web.D",
          "https://a.web.D",
          "https://web.F",
          "tcp://web.F:5432",
          "tls://web.F",
          "https://F",
          "https://D",
          "https://web.xD",
          "https://web.F?x=.D",
          "https://web.F#.D",
          "https://web.F/.D",
          "https://web.F\\.D",
          "https://web.D@web.F",
          "https://web.F@web.D",
          "https://web.D.F",
          "https://web.F.D",
          "https://WEB.F",
          "https://web.F.",
          "https://web.D.",
          "https://web.F\n.D",
          "https://${'web.F'}",
          "https://${req.host}.D",
          "//web.F",
          "https:web.F",
          "web.F",
          "https://web.example.com",
          "",
          " ");

  private static final List<String> FORWARDS =
      List.of(
          "forward-internal",
          "forward-internal",
          "Forward-Internal",
          "forward-internal ",
          "forward\u2010internal",
          "forward_internal");

  private final Random random;
  private final long seed;
  private final String domain;

  RandomNetworks(long seed) {
    this.seed = seed;
    random = new Random(seed);
    domain = any(DOMAINS);
  }

  /** The internal domain that the Clinic has now. */
  String domain() {
    return domain;
  }

  /** A service in its scene; empty where the API server refuses its manifest. */
  Optional<ServiceScene> next() {
    return AcceptedPolicy.service(manifest()).map(this::scene);
  }

  private String manifest() {
    ObjectNode manifest = read(new RandomServices(seed).next());
    ObjectNode spec = (ObjectNode) manifest.path("spec");
    if (random.nextInt(3) == 0) {
      spec.put("internalURL", url());
    }
    if (random.nextInt(4) == 0) {
      ArrayNode rules = spec.withObject("trafficPolicy").withArray("on_http_request");
      rules.insertObject(random.nextInt(rules.size() + 1)).set("actions", forward());
    }
    if (random.nextInt(6) == 0) {
      spec.put("availability", "OnDemand");
    }
    return manifest.toString();
  }

  private ArrayNode forward() {
    ArrayNode actions = JSON.createArrayNode();
    ObjectNode action = actions.addObject().put("type", any(FORWARDS));
    action.putObject("config").put("url", url());
    return actions;
  }

  private ServiceScene scene(ClinicService service) {
    boolean tcp = service.getSpec().expose().tcp() != null;
    String publicURL = ServiceNames.publicURL(service).orElse("tcp://" + ADDRESS);
    String policy = random.nextInt(4) == 0 ? null : policy();
    service.setStatus(status(publicURL, policy, tcp));
    service.getMetadata().setUid("uid-web");
    service.getMetadata().setGeneration(1L + random.nextInt(2));
    service.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
    ServiceScene scene = AcceptedPolicy.referenced(ServiceScene.of(service), USERS);
    scene.domain("*.api.com").addr("ra_1", ADDRESS, null);
    if (tcp) {
      scene.granted(AdmittingGrants.addresses(ADDRESS));
    }
    putInClinic(scene);
    if (random.nextBoolean()) {
      scene.others.add(
          clinic("other")
              .namespace("elsewhere")
              .internalDomain(FORMER)
              .status(ServiceScene.accepted(true))
              .build());
    }
    if (random.nextInt(3) > 0) {
      String url = random.nextInt(5) == 0 ? "https://elsewhere.api.com" : publicURL;
      scene.endpoint("ep_1", url, random.nextInt(8) == 0 ? null : scene.mark(), policy);
    }
    for (int bound = random.nextInt(3); bound > 0; bound--) {
      scene.bound(url());
    }
    if (random.nextBoolean()) {
      scene.session(SessionBuilder.session("s").of("web").build());
    }
    return scene;
  }

  private void putInClinic(ServiceScene scene) {
    ClinicBuilder its = clinic("clinic1").internalDomain(domain).shared("*.api.com");
    switch (random.nextInt(12)) {
      case 0 -> {
        return; // There is none.
      }
      case 1 -> its.terminating().status(ServiceScene.accepted(true));
      case 2 ->
          its.annotation("clinicnet.dev/quarantine", "true").status(ServiceScene.accepted(true));
      case 3, 4 -> its.status(ServiceScene.accepted(false));
      case 5 -> its.suspended().status(ServiceScene.accepted(true));
      default -> its.status(ServiceScene.accepted(true));
    }
    scene.in(its.build());
  }

  private ClinicServiceStatus status(String publicURL, String policy, boolean tcp) {
    String hash = ContentHash.of(policy == null ? "" : policy);
    return serviceStatus()
        .internalURL(random.nextInt(5) == 0 ? null : url())
        .internalBoundAt(random.nextBoolean() ? "2026-02-01T00:00:00Z" : null)
        .publicURL(random.nextInt(4) == 0 ? null : publicURL)
        .address(tcp ? new AddressStatus("ra_1", ADDRESS, null) : null)
        .endpoint(random.nextInt(4) == 0 ? null : new EndpointStatus("ep_1", hash, hash))
        .deletionPolicy(any(List.of(DeletionPolicy.Delete, DeletionPolicy.Retain)))
        .build();
  }

  /** The policy at ngrok: that of an earlier version, of somebody else, or a broken one. */
  private String policy() {
    ObjectNode policy = JSON.createObjectNode();
    ArrayNode rules = policy.putArray(any(List.of("on_http_request", "on_tcp_connect")));
    for (int count = random.nextInt(2); count >= 0; count--) {
      rules.addObject().put("name", "forward").set("actions", forwardInternal());
    }
    return switch (random.nextInt(8)) {
      case 0 -> "nonsense: [";
      case 1 -> policy.toPrettyString();
      case 2 -> yaml(policy);
      default -> policy.toString();
    };
  }

  private ArrayNode forwardInternal() {
    ArrayNode actions = JSON.createArrayNode();
    actions.addObject().put("type", "forward-internal").putObject("config").put("url", url());
    return actions;
  }

  private static String yaml(ObjectNode policy) {
    try {
      return new YAMLMapper().writeValueAsString(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private String url() {
    return any(URLS).replace("D", domain).replace("F", FORMER);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static ObjectNode read(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
