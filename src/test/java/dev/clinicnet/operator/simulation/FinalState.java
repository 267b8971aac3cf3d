package dev.clinicnet.operator.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.agent.AgentMetadata;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What must hold when a world has come to rest. */
final class FinalState {
  private final World world;

  FinalState(World world) {
    this.world = world;
  }

  /** The account without what differs between two runs with the same result, and how often. */
  Map<String, Integer> shape() {
    Map<String, Integer> shape = new TreeMap<>();
    Set<String> kept = keptUsers();
    for (String resource :
        List.of(
            "reserved_domains", "reserved_addrs", "credentials", "endpoints", "vault_secrets")) {
      for (JsonNode row : world.platform().all(resource)) {
        if (isKept(row) || row.path("bindings").toString().contains("internal")) {
          continue;
        }
        shape.merge(resource + " " + told(row), 1, Integer::sum);
      }
    }
    for (JsonNode user : world.platform().all("service_users")) {
      boolean left =
          world.site().wishes().stream()
              .filter(wish -> user.path("name").asText().contains("-" + wish.clinic() + "-"))
              .anyMatch(wish -> world.rules().history().wasRetained(wish.clinic()));
      if (!left && !kept.contains(user.path("id").asText())) {
        shape.merge("service_users " + user.path("name").asText(), 1, Integer::sum);
      }
    }
    return shape;
  }

  /** What was left on purpose, by a Clinic that is gone; and what belongs to all. */
  private boolean isKept(JsonNode row) {
    Optional<Mark> mark = Mark.parse(row.path("metadata").asText());
    if (row.path("domain").asText().startsWith("*.")) {
      return true;
    }
    boolean address = !row.path("addr").isMissingNode();
    if (mark.flatMap(this::service).filter(s -> keeps(s, address)).isPresent()) {
      return true;
    }
    return mark.filter(Mark::isRetained)
        .filter(found -> world.server().all().stream().noneMatch(o -> isOwner(o, found)))
        .isPresent();
  }

  private Optional<ClinicService> service(Mark mark) {
    return mark.kind().equals("ClinicService")
        ? world.server().get(ClinicService.class, Wishes.NAMESPACE, mark.name())
        : Optional.empty();
  }

  /**
   * Whether a service keeps what it had: its address while it has no public endpoint, and
   * everything as the deletion policy says while its Clinic is gone.
   */
  private boolean keeps(ClinicService service, boolean address) {
    return !hasClinic(service) || (address && service.getSpec().expose() == null);
  }

  private static boolean isOwner(HasMetadata object, Mark mark) {
    return object.getKind().equals(mark.kind())
        && object.getMetadata().getName().equals(mark.name());
  }

  private Set<String> keptUsers() {
    Set<String> users = new HashSet<>();
    for (JsonNode credential : world.platform().all("credentials")) {
      if (isKept(credential)) {
        users.add(credential.path("owner_id").asText());
      }
    }
    return users;
  }

  private String told(JsonNode row) {
    String mark =
        Mark.parse(row.path("metadata").asText())
            .map(m -> m.kind() + " " + m.name() + " " + m.state() + " " + m.retiredAt())
            .orElse("unmarked " + row.path("metadata").asText());
    String text =
        String.join(
            " | ",
            mark,
            row.path("description").asText(),
            row.path("domain").asText(),
            row.path("region").asText(),
            row.path("acl").toString(),
            row.path("url").asText(),
            row.path("bindings").toString(),
            row.path("traffic_policy").asText());
    return text.replaceAll("-----BEGIN [^-]+-----.*?-----END [^-]+-----", "PEM")
        .replaceAll("[0-9]+\\.tcp\\.ngrok\\.io:[0-9]+", "ADDRESS");
  }

  /** Judges the manifests, the Secrets and the agents. */
  void judge(Rules rules) {
    for (Wishes wish : world.site().wishes()) {
      if (rules.history().needless(wish.clinic()) > 0) {
        rules.broken("rotation", wish.clinic() + " got more tokens than there were reasons");
      }
    }
    judgeLocks(rules);
    for (HasMetadata object : world.server().all()) {
      if (object.getMetadata().getDeletionTimestamp() != null) {
        rules.broken("left", object.getKind() + " " + object.getMetadata().getName() + " stays");
      } else if (object instanceof Clinic clinic) {
        judge(clinic, rules);
      } else if (object instanceof ClinicService service && hasClinic(service)) {
        ready(
            service,
            service.getStatus() == null ? List.of() : service.getStatus().conditions(),
            rules);
      }
    }
  }

  /** The site kit with the lock was installed some time ago. */
  private void judgeLocks(Rules rules) {
    for (Wishes wish : world.site().wishes()) {
      Optional<ClinicService> service =
          world.server().get(ClinicService.class, Wishes.NAMESPACE, wish.service("rest-api"));
      if (wish.isLocked() && service.filter(this::hasClinic).isPresent()) {
        world.locks().judge(wish.clinic(), rules);
        List<Condition> said = service.get().getStatus().conditions();
        if (!Conditions.isTrue(said, ConditionType.InternalLocked)) {
          rules.broken("lock", wish.service("rest-api") + " is not locked: " + said);
        }
      }
    }
  }

  private void judge(Clinic clinic, Rules rules) {
    String name = clinic.getMetadata().getName();
    ready(clinic, clinic.getStatus() == null ? List.of() : clinic.getStatus().conditions(), rules);
    Optional<Secret> kit = world.server().get(Secret.class, Wishes.NAMESPACE, name + "-site-kit");
    Optional<String> valid =
        kit.flatMap(secret -> Site.text(secret, "authtoken"))
            .flatMap(world.platform()::credentialOf);
    String noted =
        kit.map(secret -> secret.getMetadata().getAnnotations().get("clinicnet.dev/credential-id"))
            .orElse("");
    if (valid.isEmpty()) {
      rules.broken("token", "the token in the Secret of " + name + " is not valid");
    } else if (!valid.get().equals(noted)) {
      rules.broken("token", "the Secret of " + name + " names another credential");
    }
  }

  private boolean hasClinic(ClinicService service) {
    String clinic = service.getSpec().clinicRef().name();
    return world.server().get(Clinic.class, Wishes.NAMESPACE, clinic).isPresent();
  }

  /** Judges the sites that are cut off. */
  void judgeCutOff(Rules rules) {
    for (Clinic clinic : world.server().all(Clinic.class)) {
      if (!Annotations.isQuarantined(clinic) || clinic.isMarkedForDeletion()) {
        continue;
      }
      String name = clinic.getMetadata().getName();
      if (hasAgent(name)) {
        rules.broken("quarantine", "an agent of " + name + " is connected");
      }
      for (String token : tokens(name)) {
        rules.broken("quarantine", "a token of " + name + " is valid: " + token);
      }
      for (JsonNode endpoint : world.platform().all("endpoints")) {
        boolean own =
            Mark.parse(endpoint.path("metadata").asText())
                .filter(mark -> name.equals(mark.clinic()))
                .isPresent();
        if (own && endpoint.path("traffic_policy").asText().contains("forward-internal")) {
          rules.broken("quarantine", endpoint.path("url").asText() + " lets clients in");
        }
      }
    }
  }

  /** Whether an agent is connected, also one whose credential is gone. */
  private boolean hasAgent(String clinic) {
    return world.platform().all("tunnel_sessions").stream()
        .flatMap(session -> AgentMetadata.parse(session.path("metadata").asText()).stream())
        .anyMatch(metadata -> metadata.clinic().equals(Wishes.NAMESPACE + "/" + clinic));
  }

  private List<String> tokens(String clinic) {
    return world.platform().all("credentials").stream()
        .filter(row -> row.path("acl").toString().contains("*." + clinic + ".internal"))
        .map(row -> row.path("id").asText())
        .toList();
  }

  private static void ready(HasMetadata object, List<Condition> conditions, Rules rules) {
    Optional<Condition> ready = Conditions.find(conditions, ConditionType.Ready);
    String name = object.getKind() + " " + object.getMetadata().getName();
    if (!Conditions.isTrue(conditions, ConditionType.Ready)) {
      rules.broken("ready", name + " is not: " + ready + conditions);
    } else if (!object.getMetadata().getGeneration().equals(ready.get().observedGeneration())) {
      rules.broken("ready", name + " was not seen since it changed");
    }
  }

  /** Judges that no text has a secret. */
  void secrets(Rules rules) {
    Set<String> secrets = new HashSet<>(rules.tokens().values());
    secrets.add(World.API_KEY);
    for (HasMetadata object : world.server().all()) {
      if (object instanceof Secret secret && secret.getData() != null) {
        for (String key : secret.getData().keySet()) {
          if (!key.contains(".") || key.endsWith(".key")) {
            Site.text(secret, key).filter(text -> !text.startsWith("-----BEGIN CERT")).stream()
                .flatMap(text -> Stream.concat(Stream.of(text), text.lines()))
                .filter(text -> text.length() >= 16 && !text.startsWith("-----"))
                .forEach(secrets::add);
          }
        }
      }
    }
    String told = String.join("\n", world.said()) + statuses();
    for (String secret : secrets) {
      if (told.contains(secret)) {
        rules.broken("secret told", told.substring(Math.max(0, told.indexOf(secret) - 60)));
      }
    }
  }

  private String statuses() {
    StringBuilder all = new StringBuilder();
    for (HasMetadata object : world.server().all()) {
      if (object instanceof Clinic clinic) {
        all.append(clinic.getStatus());
      } else if (object instanceof ClinicService service) {
        all.append(service.getStatus());
      }
    }
    return all.toString();
  }
}
