package dev.clinicnet.operator.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.policy.ContentHash;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot after use by people: they had made some names themselves, and had the operator use
 * them or take them over.
 */
final class EarlierUse {
  /** The description of an object that was made by hand. */
  static final String BY_HAND = "made by Ann";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ADOPT = "clinicnet.dev/adopt";

  private final List<ObjectNode> objects = new ArrayList<>();
  private final ObjectNode account;

  EarlierUse(Release release) {
    release.objects().forEach(yaml -> objects.add(Serialization.unmarshal(yaml, ObjectNode.class)));
    account = read(release.account());
  }

  List<String> objects() {
    return objects.stream().map(Serialization::asYaml).toList();
  }

  String account() {
    return account.toString();
  }

  /** The domain was there before, and carries no mark. */
  void shareByHand(String domain) {
    row("reserved_domains", "domain", domain).put("description", BY_HAND).put("metadata", BY_HAND);
  }

  /** Another installation has reserved the domain, and shares it too. */
  void shareElsewhere(String domain) {
    row("reserved_domains", "domain", domain).put("metadata", Mark.shared("another").text());
  }

  /** The domain was there before, and its Clinic took it over. */
  void adoptDomain(String clinic, String domain) {
    ObjectNode row = row("reserved_domains", "domain", domain).put("description", BY_HAND);
    annotate(object("Clinic", clinic), row);
  }

  /** The endpoint was there before, for a pool, and its service took it over. */
  void adoptEndpoint(String service) {
    ObjectNode object = object("ClinicService", service);
    ObjectNode row = endpoint(object).put("description", BY_HAND).put("pooling_enabled", true);
    annotate(object, row);
  }

  /** The address was there before, and the service names it; returns it. */
  String useAddressByHand(String service) {
    ObjectNode object = object("ClinicService", service);
    ObjectNode status = (ObjectNode) object.at("/status/address");
    status.remove("nonce");
    row("reserved_addrs", "id", status.path("id").asText())
        .put("description", BY_HAND)
        .put("metadata", "");
    nameAddress(object, status.path("addr").asText());
    return status.path("addr").asText();
  }

  /** The service was deleted, and came back for another region. */
  void returnFrom(String region, String service) {
    JsonNode id = object("ClinicService", service).at("/status/address/id");
    row("reserved_addrs", "id", id.asText()).put("region", region);
  }

  /** The service forwards to another URL than its manifest asks for: the one that it had before. */
  void keepInternalURL(String service, String url) {
    ObjectNode object = object("ClinicService", service);
    ObjectNode status = (ObjectNode) object.path("status");
    ObjectNode row = endpoint(object);
    String policy =
        row.path("traffic_policy").asText().replace(status.path("internalURL").asText(), url);
    row.put("traffic_policy", policy);
    status.put("internalURL", url);
    ((ObjectNode) status.path("endpoint"))
        .put("policyHash", ContentHash.of(policy))
        .put("echoHash", ContentHash.of(policy));
  }

  /** The service took over the endpoint of another, on the address that this one had reserved. */
  void takeOver(String service, String from) {
    ObjectNode taker = object("ClinicService", service);
    ObjectNode loser = object("ClinicService", from);
    ObjectNode own = endpoint(taker);
    ObjectNode taken = endpoint(loser);
    annotate(taker, taken);
    taken.put("metadata", own.path("metadata").asText());
    taken.put("traffic_policy", own.path("traffic_policy").asText());
    account.withArray("endpoints").removeIf(own::equals);
    nameAddress(taker, loser.at("/status/address/addr").asText());
    ObjectNode status = (ObjectNode) taker.path("status");
    status.put("publicURL", loser.at("/status/publicURL").asText());
    ((ObjectNode) status.path("endpoint")).put("id", taken.path("id").asText());
    ((ObjectNode) status.path("address"))
        .put("id", loser.at("/status/address/id").asText())
        .put("addr", loser.at("/status/address/addr").asText())
        .remove("nonce");
  }

  private static void nameAddress(ObjectNode service, String address) {
    ((ObjectNode) service.at("/spec/expose")).putObject("tcp").put("address", address);
  }

  private static void annotate(ObjectNode object, ObjectNode row) {
    ((ObjectNode) object.path("metadata"))
        .withObject("annotations")
        .put(ADOPT, row.path("id").asText());
  }

  private ObjectNode endpoint(ObjectNode service) {
    return row("endpoints", "id", service.at("/status/endpoint/id").asText());
  }

  private ObjectNode object(String kind, String name) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }

  private ObjectNode row(String resource, String field, String value) {
    for (JsonNode row : account.path(resource)) {
      if (row.path(field).asText().equals(value)) {
        return (ObjectNode) row;
      }
    }
    throw new AssertionError("no " + value + " among " + resource);
  }

  private static ObjectNode read(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
