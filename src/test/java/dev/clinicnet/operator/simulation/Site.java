package dev.clinicnet.operator.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.plan.AgentTarget;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The people: they apply manifests, install site kits, and meddle with the account. */
final class Site {
  private final World world;
  private final List<Wishes> wishes;
  private int sessions;

  Site(World world, List<Wishes> wishes) {
    this.world = world;
    this.wishes = wishes;
  }

  List<Wishes> wishes() {
    return wishes;
  }

  /** Applies all manifests. */
  void applyAll() {
    wishes.forEach(wish -> wish.manifests().forEach(world.server()::apply));
  }

  void act(Act act) {
    Wishes wish = wishes.get(act.clinic() % wishes.size());
    switch (act.kind()) {
      case RENAME -> change(wish, "displayName", 3);
      case DOMAIN -> change(wish, "domain", 2);
      case PATHS -> change(wish, "paths", 3);
      case UPSTREAM -> change(wish, "upstream", 3);
      case CIDR -> change(wish, "cidr", 3);
      case HIDE -> change(wish, "hidden", 2);
      case REVOKE_OLD -> change(wish, "revokeOld", 2);
      case SUSPEND -> change(wish, "suspend", 2);
      case QUARANTINE -> change(wish, "quarantine", 2);
      case RETAIN -> change(wish, "retain", 2);
      case RESTART -> change(wish, "restart", 3);
      case ROTATE -> change(wish, "rotate", 50);
      case DELETE_SERVICE ->
          find(wish.serviceManifest(Wishes.SERVICES.get(act.choice() % 3)))
              .ifPresent(world.server()::delete);
      case DELETE_CLINIC -> find(wish.clinicManifest()).ifPresent(world.server()::delete);
      case DELETE_ALL ->
          wish.manifests().forEach(each -> find(each).ifPresent(world.server()::delete));
      case APPLY -> applyAll();
      case OPEN_SESSION -> world.server().apply(wish.sessionManifest(++sessions));
      case CLOSE_SESSION -> pick(sessions(wish), act.choice()).ifPresent(world.server()::delete);
      case CONNECT -> connect(wish);
      case DISCONNECT -> disconnect(wish);
      case LOSE_SITE_KIT -> siteKit(wish).ifPresent(world.server()::delete);
      case FOREIGN_DELETE -> world.foreign(act.choice(), true);
      case FOREIGN_CHANGE -> world.foreign(act.choice(), false);
      case LOCK -> change(wish, SpecField.INTERNAL_LOCK.name(), 2);
      case ROTATE_LOCK -> change(wish, "rotateLock", 50);
      case REINSTALL -> reinstall(wish);
      case FIELD -> change(wish, SpecField.ALL.get(act.choice()).name(), 2);
      case TOUCH -> pick(world.server().all(), act.choice()).ifPresent(this::touch);
    }
  }

  private void touch(HasMetadata object) {
    if (!(object instanceof Secret)) {
      world.server().touch(object);
    }
  }

  /** Changes a wish, and applies what exists of the clinic. */
  private void change(Wishes wish, String what, int values) {
    wish.turn(what, values);
    reapply(wish);
  }

  void reapply(Wishes wish) {
    wish.manifests().stream()
        .filter(manifest -> find(manifest).isPresent())
        .forEach(world.server()::apply);
  }

  private List<ClinicSession> sessions(Wishes wish) {
    return world.server().all(ClinicSession.class).stream()
        .filter(s -> s.getSpec().serviceRef().name().equals(wish.service("dashboard")))
        .toList();
  }

  private Optional<HasMetadata> find(HasMetadata manifest) {
    String name = manifest.getMetadata().getName();
    return manifest instanceof Clinic
        ? world.server().get(Clinic.class, Wishes.NAMESPACE, name).map(HasMetadata.class::cast)
        : world
            .server()
            .get(ClinicService.class, Wishes.NAMESPACE, name)
            .map(HasMetadata.class::cast);
  }

  Optional<Secret> siteKit(Wishes wish) {
    return world.server().get(Secret.class, Wishes.NAMESPACE, wish.clinic() + "-site-kit");
  }

  /** Installs the present site kit at a site, and starts the agent. */
  void connect(Wishes wish) {
    siteKit(wish)
        .flatMap(secret -> text(secret, "ngrok.yml"))
        .ifPresent(file -> world.platform().connect(file));
    world.locks().check("a site kit is installed");
  }

  /** Replaces the installed site kit by the present one. */
  void reinstall(Wishes wish) {
    disconnect(wish);
    connect(wish);
  }

  /** Stops the agents of a site. */
  void disconnect(Wishes wish) {
    agents(wish.clinic()).forEach(world.platform()::disconnect);
  }

  /** The agents of a clinic, by the domain that their credentials may bind. */
  List<String> agents(String clinic) {
    List<String> agents = new ArrayList<>();
    for (JsonNode credential : world.platform().all("credentials")) {
      if (credential.path("acl").toString().contains("*." + clinic + ".internal")) {
        agents.addAll(world.platform().agentsOf(credential.path("id").asText()));
      }
    }
    return agents;
  }

  /** The agent that answers at a public host for agents' APIs; empty if none does. */
  Optional<String> agentAt(AgentTarget target) {
    boolean open =
        world.platform().all("endpoints").stream()
            .anyMatch(row -> row.path("url").asText().equals("https://" + target.host()));
    return open ? agents(target.clinic()).stream().findFirst() : Optional.empty();
  }

  static Optional<String> text(Secret secret, String key) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(key))
        .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
  }

  private static <T> Optional<T> pick(List<T> all, int choice) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(choice % all.size()));
  }
}
