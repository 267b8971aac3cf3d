package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.inventory.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Checks that the ngrok account holds what the manifests ask for, and nothing else. */
final class AccountChecks {
  private static final List<String> CREATED =
      List.of(
          "reserved_domains",
          "reserved_addrs",
          "service_users",
          "credentials",
          "vaults",
          "vault_secrets");
  private static final List<String> LISTED =
      List.of(
          "reserved_domains",
          "reserved_addrs",
          "service_users",
          "credentials",
          "endpoints",
          "vaults",
          "vault_secrets",
          "tunnel_sessions");

  private final Snapshot manifests;
  private final JsonNode state;

  AccountChecks(Snapshot manifests, JsonNode state) {
    this.manifests = manifests;
    this.state = state;
  }

  List<DemoCheck> all() {
    return List.of(
        DemoCheck.equal(
            "one service user per Clinic",
            manifests.clinics().stream()
                .map(clinic -> ClinicNames.serviceUser(Demo.INSTANCE, clinic))
                .collect(Collectors.toCollection(TreeSet::new)),
            new TreeSet<>(texts("service_users", "name"))),
        credentials(),
        domains(),
        DemoCheck.equal(
            "one reserved TCP address per service that is exposed as tcp",
            manifests.services().stream()
                .filter(service -> service.getStatus().address() != null)
                .map(service -> service.getStatus().address().addr())
                .collect(Collectors.toCollection(TreeSet::new)),
            new TreeSet<>(texts("reserved_addrs", "addr"))),
        DemoCheck.equal(
            "one public endpoint per service that is always available, and per agent API",
            publicURLs(),
            new TreeSet<>(cloudEndpoints(state).keySet())));
  }

  private Set<String> publicURLs() {
    Stream<String> services =
        manifests.services().stream()
            .filter(AccountChecks::isPublic)
            .map(service -> service.getStatus().publicURL());
    Stream<String> agentAPIs =
        manifests.clinics().stream()
            .filter(clinic -> clinic.getSpec().agent().api() != null)
            .map(clinic -> "https://" + clinic.getSpec().agent().api().host());
    return Stream.concat(services, agentAPIs).collect(Collectors.toCollection(TreeSet::new));
  }

  private DemoCheck credentials() {
    Map<String, Set<String>> expected = new TreeMap<>();
    for (Clinic clinic : manifests.clinics()) {
      Set<String> acl = new TreeSet<>();
      acl.add("bind:*." + ClinicNames.internalDomain(clinic));
      clinic.getSpec().domains().stream()
          .filter(domain -> !domain.shared())
          .forEach(domain -> acl.add("bind:" + domain.name()));
      expected.put(clinic.getStatus().authtoken().credentialID(), acl);
    }
    Map<String, Set<String>> actual = new TreeMap<>();
    for (JsonNode credential : state.path("credentials")) {
      Set<String> acl = new TreeSet<>();
      credential.path("acl").forEach(rule -> acl.add(rule.asText()));
      actual.put(credential.path("id").asText(), acl);
    }
    return DemoCheck.equal(
        "one credential per Clinic, for that Clinic's names and no others", expected, actual);
  }

  private DemoCheck domains() {
    Map<String, String> expected = new TreeMap<>();
    for (Clinic clinic : manifests.clinics()) {
      for (ClinicDomain domain : clinic.getSpec().domains()) {
        expected.put(domain.name(), domain.shared() ? "shared" : clinic.getMetadata().getName());
      }
    }
    Map<String, String> actual = new TreeMap<>();
    for (JsonNode domain : state.path("reserved_domains")) {
      Optional<Mark> mark = Mark.parse(domain.path("metadata").asText(null));
      actual.put(
          domain.path("domain").asText(),
          mark.map(m -> m.owner().map(owner -> owner.name()).orElse("shared")).orElse("unmarked"));
    }
    return DemoCheck.equal(
        "every domain carries its Clinic's mark, and the wildcard the shared one",
        expected,
        actual);
  }

  /**
   * Checks that there was one request for each object, besides the sweeps, and no wasted attempt.
   */
  DemoCheck requests(JsonNode counts, int sweeps) {
    Map<String, Integer> expected = new TreeMap<>();
    CREATED.forEach(resource -> expected.put("POST /" + resource, state.path(resource).size()));
    expected.put("POST /endpoints", cloudEndpoints(state).size());
    LISTED.forEach(resource -> expected.put("GET /" + resource, sweeps));
    expected.put("GET /self", sweeps);
    Map<String, Integer> actual = new TreeMap<>();
    counts.properties().forEach(count -> actual.put(count.getKey(), count.getValue().asInt()));
    List<String> differences = new ArrayList<>();
    Set<String> requests = new TreeSet<>(expected.keySet());
    requests.addAll(actual.keySet());
    for (String request : requests) {
      int wanted = expected.getOrDefault(request, 0);
      int made = actual.getOrDefault(request, 0);
      if (wanted != made) {
        differences.add("%s: expected %d, made %d".formatted(request, wanted, made));
      }
    }
    return DemoCheck.that(
        "%d requests to ngrok: one for each object made, and %d sweeps of %d lists and GET /self"
            .formatted(total(expected.values()), sweeps, LISTED.size()),
        differences.isEmpty(),
        String.join("; ", differences));
  }

  private static int total(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  /** The traffic policies of the cloud endpoints, by URL. */
  static Map<String, String> cloudEndpoints(JsonNode state) {
    Map<String, String> policies = new TreeMap<>();
    for (JsonNode endpoint : state.path("endpoints")) {
      if (endpoint.path("type").asText().equals("cloud")) {
        policies.put(endpoint.path("url").asText(), endpoint.path("traffic_policy").asText());
      }
    }
    return policies;
  }

  private static boolean isPublic(ClinicService service) {
    return service.getSpec().expose() != null
        && service.getSpec().availability() == Availability.Always;
  }

  private List<String> texts(String resource, String member) {
    return StreamSupport.stream(state.path(resource).spliterator(), false)
        .map(row -> row.path(member).asText())
        .toList();
  }
}
