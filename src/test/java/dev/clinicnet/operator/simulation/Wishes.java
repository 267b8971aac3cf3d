package dev.clinicnet.operator.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What users want of one clinic: its manifests, with what can change about them. */
final class Wishes {
  static final String NAMESPACE = "clinics";
  static final List<String> SERVICES = List.of("rest-api", "patient-db", "dashboard");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String clinic;
  private final boolean viaAgent;
  private final Map<String, Integer> numbers = new TreeMap<>();

  /**
   * The first wishes.
   *
   * @param viaAgent whether sessions are opened through the agent's API
   */
  Wishes(String clinic, boolean viaAgent) {
    this.clinic = clinic;
    this.viaAgent = viaAgent;
  }

  /** Those of a fleet, whose sessions are not opened through the agents' APIs. */
  static List<Wishes> ofFleet(int clinics) {
    return IntStream.range(0, clinics)
        .mapToObj(number -> new Wishes("clinic%04d".formatted(number), false))
        .toList();
  }

  String clinic() {
    return clinic;
  }

  /** Whether the API has a second lock. */
  boolean isLocked() {
    return get(SpecField.INTERNAL_LOCK.name()) == 1 && get(SpecField.TLS.name()) == 0;
  }

  /** Changes something to its next value, of so many. */
  void turn(String what, int values) {
    numbers.merge(what, 1, (before, one) -> (before + one) % values);
  }

  void set(String what, int value) {
    numbers.put(what, value);
  }

  int get(String what) {
    return numbers.getOrDefault(what, 0);
  }

  String service(String name) {
    return clinic + "-" + name;
  }

  /** All manifests but sessions. */
  List<HasMetadata> manifests() {
    List<HasMetadata> all = new ArrayList<>();
    all.add(clinicManifest());
    SERVICES.forEach(service -> all.add(serviceManifest(service)));
    return all;
  }

  Clinic clinicManifest() {
    ObjectNode manifest = head("Clinic", clinic);
    ObjectNode annotations = ((ObjectNode) manifest.get("metadata")).putObject("annotations");
    if (get("quarantine") == 1) {
      annotations.put("clinicnet.dev/quarantine", "true");
    }
    if (get("restart") > 0) {
      annotations.put("clinicnet.dev/restart-agents", "text " + get("restart"));
    }
    if (get("rotate") > 0) {
      annotations.put("clinicnet.dev/rotate", "text " + get("rotate"));
    }
    if (get("rotateLock") > 0) {
      annotations.put("clinicnet.dev/rotate-internal-lock", "text " + get("rotateLock"));
    }
    ObjectNode spec = manifest.putObject("spec");
    spec.put("displayName", "Practice " + get("displayName"));
    var domains = spec.putArray("domains");
    domains.addObject().put("name", "*.api.clinicnet.com").put("shared", true);
    domains.addObject().put("name", "dashboard." + clinic + ".com");
    if (get("domain") == 1) {
      domains.addObject().put("name", "extra." + clinic + ".com");
    }
    ObjectNode agent = spec.putObject("agent");
    agent
        .putObject("authtoken")
        .put("overlap", "5m")
        .put("revokeOld", get("revokeOld") == 1 ? "AfterOverlap" : "WhenUnused");
    if (viaAgent) {
      agent.putObject("api").put("host", "agent-" + clinic + ".api.clinicnet.com");
    }
    spec.put("deletionPolicy", get("retain") == 1 ? "Retain" : "Delete");
    spec.put("suspend", get("suspend") == 1);
    setFields("Clinic", spec);
    return read(manifest, Clinic.class);
  }

  ClinicService serviceManifest(String name) {
    ObjectNode manifest = head("ClinicService", service(name));
    ObjectNode spec = manifest.putObject("spec");
    spec.putObject("clinicRef").put("name", clinic);
    ObjectNode upstream = spec.putObject("upstream");
    switch (name) {
      case "rest-api" -> {
        upstream.put("url", "http://192.168.1.100:" + (8080 + get("upstream")));
        ObjectNode https = spec.putObject("expose").putObject("https");
        https.put("host", clinic + ".api.clinicnet.com");
        https.putArray("paths").add("/v" + get("paths"));
      }
      case "patient-db" -> {
        upstream.put("url", "tcp://192.168.1.101:5432");
        if (get("hidden") == 0) {
          spec.putObject("expose").putObject("tcp").put("region", "us");
          spec.putObject("access").putArray("allowCIDRs").add("203.0.113." + get("cidr") + "/32");
        }
      }
      default -> {
        upstream.put("url", "http://192.168.1.102:3001");
        spec.put("availability", "OnDemand");
        spec.putObject("onDemand")
            .put("via", viaAgent ? "AgentAPI" : "CloudEndpoint")
            .put("maxDuration", "8h");
        ObjectNode https = spec.putObject("expose").putObject("https");
        https.put("host", "dashboard." + clinic + ".com");
        https.putArray("paths").add("/");
      }
    }
    setFields(name, spec);
    return read(manifest, ClinicService.class);
  }

  private void setFields(String manifest, ObjectNode spec) {
    SpecField.ALL.stream()
        .filter(field -> field.isOf(manifest) && get(field.name()) == 1)
        .forEach(field -> field.set(spec, clinic));
  }

  ClinicSession sessionManifest(int number) {
    ObjectNode manifest = head("ClinicSession", clinic + "-session-" + number);
    ObjectNode spec = manifest.putObject("spec");
    spec.putObject("serviceRef").put("name", service("dashboard"));
    spec.put("duration", number % 2 == 0 ? "3m" : "8m").put("reason", "ticket " + number);
    return read(manifest, ClinicSession.class);
  }

  private static ObjectNode head(String kind, String name) {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("apiVersion", "clinicnet.dev/v1alpha1").put("kind", kind);
    manifest.putObject("metadata").put("namespace", NAMESPACE).put("name", name);
    return manifest;
  }

  private static <T> T read(ObjectNode manifest, Class<T> type) {
    return JSON.convertValue(manifest, type);
  }

  @Override
  public String toString() {
    return clinic + (viaAgent ? " via agent " : " ") + told();
  }

  /** The values, without those that are as at the start, and those that no remote object shows. */
  private Map<String, Integer> told() {
    Map<String, Integer> told = new TreeMap<>(numbers);
    told.values().removeIf(value -> value == 0);
    told.keySet()
        .removeAll(
            List.of(
                "restart",
                "rotate",
                "rotateLock",
                "revokeOld",
                "retain",
                "suspend",
                "upstream",
                SpecField.PROXY_URL.name(),
                SpecField.CONNECT_CAS.name(),
                SpecField.DNS_RESOLVERS.name(),
                SpecField.HEARTBEAT.name()));
    return told;
  }
}
