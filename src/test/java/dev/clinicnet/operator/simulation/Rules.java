package dev.clinicnet.operator.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.policy.Expiry;
import dev.clinicnet.simulator.InProcessPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What must hold at every request of the operator. */
final class Rules {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Caches may be this old, so what the operator knows may be, too. */
  private static final Duration KNOWN_LATE = Duration.ofMinutes(4);

  /** The overlap of the manifests, less a second, since statuses have whole seconds. */
  private static final Duration OVERLAP = Duration.ofMinutes(5).minusSeconds(1);

  private static final Duration WINDOW = Duration.ofSeconds(61);
  private static final int LIMITED = 429;

  private final World world;
  private final History history;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Instant> sessionsUntil = new TreeMap<>();
  private final Map<String, String> tokens = new LinkedHashMap<>();

  /** The addresses whose id only a process knows, by the name of the service. */
  private final Map<String, String> unwritten = new TreeMap<>();

  Rules(World world) {
    this.world = world;
    this.history = new History(world);
    world.server().listen(this::watch);
  }

  History history() {
    return history;
  }

  List<String> violations() {
    return violations;
  }

  /** The authtokens that were ever made, by the id of their credential. */
  Map<String, String> tokens() {
    return tokens;
  }

  void broken(String rule, String how) {
    violations.add(rule + ": " + how + " at " + world.now());
    world.trace().note(world.now(), "BROKEN " + rule + ": " + how);
  }

  private void watch(ApiServer.Event event) {
    if (event.after() instanceof ClinicSession session
        && session.getStatus() != null
        && session.getStatus().expiresAt() != null) {
      Instant end = Instant.parse(session.getStatus().expiresAt());
      sessionsUntil.merge(
          session.getSpec().serviceRef().name(),
          end,
          (one, other) -> one.isAfter(other) ? one : other);
    }
  }

  /** Judges a request before it takes effect. */
  void before(Wire.Request request) {
    String[] path = request.path().split("/", -1);
    String what = request.method() + " " + path[1];
    if (what.equals("POST credentials") || what.equals("POST reserved_addrs")) {
      intended(what, Mark.parse(read(request.body()).path("metadata").asText()));
    } else if (what.equals("POST endpoints")) {
      writtenDown(Mark.parse(read(request.body()).path("metadata").asText()));
    } else if (what.equals("DELETE reserved_addrs")) {
      row("reserved_addrs", path[2]).ifPresent(this::released);
    } else if (what.equals("DELETE credentials")) {
      row("credentials", path[2]).ifPresent(credential -> revoked(credential, false));
    } else if (what.equals("POST tunnel_sessions") && path[path.length - 1].equals("stop")) {
      row("tunnel_sessions", path[2])
          .map(session -> session.path("credential").path("id").asText())
          .ifPresent(this::cutOff);
    }
  }

  /** The operator has got this answer, and must write down the id of an address. */
  void answered(Wire.Request request, InProcessPlatform.Answer answer) {
    if (request.toString().equals("POST /reserved_addrs") && answer.status() < 300) {
      JsonNode address = read(answer.body());
      Mark.parse(address.path("metadata").asText())
          .ifPresent(mark -> unwritten.put(mark.name(), address.path("id").asText()));
    }
  }

  /** Something went wrong, so what a process knew may be lost. Then the mark is enough. */
  void troubled() {
    unwritten.clear();
  }

  /** The id of an address is written down before the service goes on. */
  private void writtenDown(Optional<Mark> mark) {
    String name = mark.map(Mark::name).orElse("");
    String id = unwritten.remove(name);
    if (id != null && !id.equals(addressOf(name).map(AddressStatus::id).orElse(null))) {
      broken("checkpoint", "the status of " + name + " does not have its address");
    }
  }

  private Optional<AddressStatus> addressOf(String service) {
    return world
        .server()
        .get(ClinicService.class, Wishes.NAMESPACE, service)
        .map(ClinicService::getStatus)
        .map(ClinicServiceStatus::address);
  }

  /** Judges a request by its answer, and the account after it. */
  void after(Wire.Request request, InProcessPlatform.Answer answer) {
    if (answer.status() == LIMITED) {
      Instant from = world.now().minus(WINDOW);
      long starts =
          world.scheduler().crashes().stream().filter(crash -> crash.isAfter(from)).count();
      if (starts < 2) {
        broken("budget", "the platform refused a request as one too many");
      }
    }
    if (request.method().equals("GET") || answer.status() >= 300) {
      return;
    }
    String resource = request.path().split("/", -1)[1];
    if (resource.equals("credentials") && !request.method().equals("DELETE")) {
      JsonNode row = read(answer.body());
      if (row.path("token").isTextual()) {
        tokens.put(row.path("id").asText(), row.path("token").asText());
        history.issued(row.path("id").asText());
      }
      acl(row);
    } else if (resource.equals("endpoints") && !request.method().equals("DELETE")) {
      ends(read(answer.body()));
    }
  }

  /** What the platform does not keep unique is written down before it is asked for. */
  private void intended(String what, Optional<Mark> mark) {
    String nonce = mark.map(Mark::nonce).orElse("");
    String name = mark.map(Mark::name).orElse("");
    String noted =
        what.equals("POST credentials")
            ? history.pendingNonce(name)
            : addressOf(name).map(AddressStatus::nonce).orElse("");
    boolean gone = what.equals("POST credentials") && history.isGoingOrCutOff(name);
    if (nonce.isEmpty() || (!nonce.equals(noted) && !gone)) {
      broken("intent", what + " for " + name + " was not written down before");
    }
  }

  private void acl(JsonNode credential) {
    Optional<Mark> mark = Mark.parse(credential.path("metadata").asText());
    if (mark.isEmpty()) {
      broken("mark", "a credential without a mark");
      return;
    }
    List<String> acl = new ArrayList<>();
    credential.path("acl").forEach(rule -> acl.add(rule.asText()));
    if (acl.isEmpty()) {
      broken("empty ACL", credential.path("id").asText());
    }
    String clinic = mark.get().name();
    for (String rule : acl) {
      boolean own =
          rule.equals("bind:*." + clinic + ".internal") || rule.endsWith("." + clinic + ".com");
      if (!own) {
        broken("too wide ACL", clinic + " may " + rule);
      }
    }
  }

  /** The endpoint of a service on demand must end by itself, when its last session does. */
  private void ends(JsonNode endpoint) {
    Optional<Mark> mark = Mark.parse(endpoint.path("metadata").asText());
    String policy = endpoint.path("traffic_policy").asText();
    if (mark.isEmpty()) {
      broken("mark", "an endpoint without a mark");
      return;
    }
    String name = mark.get().name();
    if (!mark.get().kind().equals("ClinicService")
        || !name.endsWith("dashboard")
        || !policy.contains("forward-internal")) {
      return;
    }
    Instant last = sessionsUntil.getOrDefault(name, Instant.MIN);
    if (Expiry.endOf(policy).filter(end -> !end.isAfter(last)).isEmpty()) {
      broken("session end", name + " ends at " + Expiry.endOf(policy) + ", not at " + last);
    }
  }

  /** An address is never lost while its service lives. */
  private void released(JsonNode address) {
    Optional<Mark> mark = Mark.parse(address.path("metadata").asText());
    if (mark.isEmpty()) {
      broken("foreign address", address.path("addr").asText());
      return;
    }
    boolean wanted =
        world
            .server()
            .get(ClinicService.class, Wishes.NAMESPACE, mark.get().name())
            .filter(service -> !service.isMarkedForDeletion())
            .filter(service -> service.getSpec().expose() != null)
            .filter(service -> history.isOld(service, KNOWN_LATE))
            .isPresent();
    boolean kept =
        mark.get().keptUntil(World.UNDO_WINDOW).filter(end -> !world.now().isBefore(end)).isEmpty();
    if (wanted || kept) {
      broken("address lost", address.path("addr").asText() + " of " + mark.get().name());
    }
  }

  private void cutOff(String credential) {
    Optional<JsonNode> row = row("credentials", credential);
    if (row.isPresent()) {
      revoked(row.get(), true);
    }
  }

  /** Nobody who is connected is cut off, and a token that somebody may have lives its overlap. */
  private void revoked(JsonNode credential, boolean connected) {
    String id = credential.path("id").asText();
    Optional<Mark> mark = Mark.parse(credential.path("metadata").asText());
    if (mark.isEmpty()) {
      broken("foreign credential", id);
      return;
    }
    String clinic = mark.get().name();
    if (history.isGoingOrCutOff(clinic, id, KNOWN_LATE) || !history.wasPublished(id)) {
      if (connected && !history.wasPublished(id)) {
        broken("cut off", "a session of an unpublished token");
      }
      return;
    }
    Optional<Instant> replaced = history.replaced(clinic, id);
    if (replaced.isEmpty()) {
      broken("cut off", "the token in the Secret of " + clinic + " is revoked: " + id);
    } else if (world.now().isBefore(replaced.get().plus(OVERLAP))) {
      broken("cut off", "the former token of " + clinic + " is revoked before its overlap ends");
    } else if (!world.platform().agentsOf(id).isEmpty()
        && world.platform().agentsOf(history.present(clinic)).isEmpty()
        && history.revokesWhenUnused(clinic, KNOWN_LATE)) {
      broken("cut off", "an agent of " + clinic + " still uses the former token");
    }
  }

  private Optional<JsonNode> row(String resource, String id) {
    return world.platform().all(resource).stream()
        .filter(row -> row.path("id").asText().equals(id))
        .findFirst();
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
