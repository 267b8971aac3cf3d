package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.clinic.PublishedObject;
import dev.clinicnet.operator.inventory.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the objects in Kubernetes that the operator writes for Clinics, as they are assumed now
 * and as they are after the rehearsal.
 */
final class KubernetesChanges {
  private static final String STAYS = "it stays when its Clinic goes (deletionPolicy: Retain)";
  private static final String GOES = "Kubernetes deletes it with its Clinic";

  private final Set<Owner> known;
  private final Function<Owner, Optional<Boolean>> differsAtSite;

  /**
   * A comparison.
   *
   * @param known the Clinics for which the account has something
   * @param differsAtSite whether the agent of a Clinic runs with another configuration than its new
   *     site kit; empty if that is not known
   */
  KubernetesChanges(Set<Owner> known, Function<Owner, Optional<Boolean>> differsAtSite) {
    this.known = known;
    this.differsAtSite = differsAtSite;
  }

  /** The differences between two states, each by the paths of its objects. */
  List<KubernetesChange> between(
      Map<String, PublishedObject> before, Map<String, PublishedObject> after) {
    List<KubernetesChange> changes = new ArrayList<>();
    Map<Owner, String> passwords = passwords(before);
    Map<Owner, String> newPasswords = passwords(after);
    Stream.concat(before.keySet().stream(), after.keySet().stream())
        .distinct()
        .forEach(
            path -> {
              PublishedObject old = before.get(path);
              PublishedObject fresh = after.get(path);
              if (old == null) {
                changes.add(created(fresh));
              } else if (fresh == null) {
                changes.add(deleted(old));
              } else if (old.isBound() && !fresh.isBound()) {
                changes.add(new KubernetesChange(fresh, Action.UPDATE, List.of(), STAYS));
              } else {
                boolean samePassword =
                    Objects.equals(passwords.get(fresh.clinic()), newPasswords.get(fresh.clinic()));
                updated(old, fresh, samePassword).ifPresent(changes::add);
              }
            });
    return changes;
  }

  /** The passwords for the APIs of agents, by Clinic. Each is also in the site kit. */
  private static Map<Owner, String> passwords(Map<String, PublishedObject> objects) {
    return objects.values().stream()
        .filter(object -> !object.password().isEmpty())
        .collect(Collectors.toMap(PublishedObject::clinic, PublishedObject::password));
  }

  private KubernetesChange created(PublishedObject object) {
    return switch (object.use()) {
      case SITE_KIT ->
          new KubernetesChange(
              object,
              Action.CREATE,
              List.of(),
              known.contains(object.clinic())
                  ? "its authtoken is new: a technician must install it again"
                  : "a technician must install it",
              true);
      case AGENT_API ->
          new KubernetesChange(
              object,
              Action.CREATE,
              List.of(),
              "the operator's keys for the agent's API; the site kit gets the password");
      case DNS_RECORDS ->
          new KubernetesChange(
              object,
              Action.CREATE,
              lines(List.of(), object.records()),
              "external-dns creates the records");
    };
  }

  private static KubernetesChange deleted(PublishedObject object) {
    return switch (object.use()) {
      case SITE_KIT, AGENT_API -> new KubernetesChange(object, Action.DELETE, List.of(), GOES);
      case DNS_RECORDS ->
          new KubernetesChange(
              object,
              Action.DELETE,
              lines(object.records(), List.of()),
              "external-dns deletes the records");
    };
  }

  private Optional<KubernetesChange> updated(
      PublishedObject before, PublishedObject after, boolean samePassword) {
    return switch (after.use()) {
      case SITE_KIT -> siteKit(before, after, samePassword);
      case AGENT_API -> agentAPI(before, after);
      case DNS_RECORDS ->
          before.records().equals(after.records())
              ? Optional.empty()
              : Optional.of(
                  new KubernetesChange(
                      after,
                      Action.UPDATE,
                      lines(before.records(), after.records()),
                      "external-dns changes the records"));
    };
  }

  private Optional<KubernetesChange> siteKit(
      PublishedObject before, PublishedObject after, boolean samePassword) {
    boolean issued = !before.credentialID().equals(after.credentialID());
    Optional<String> old = before.configuration();
    Optional<String> fresh = after.configuration();
    if (fresh.isEmpty()) {
      return Optional.empty();
    }
    if (!issued && samePassword && old.isEmpty() && differsAtSite.apply(after.clinic()).isEmpty()) {
      return Optional.of(
          new KubernetesChange(
              after, Action.UNKNOWN, List.of(), "its present files are not known"));
    }
    boolean differs =
        old.isPresent()
            ? !before.configHash().equals(after.configHash())
            : !samePassword || differsAtSite.apply(after.clinic()).orElse(false);
    if (issued || differs) {
      return Optional.of(
          new KubernetesChange(
              after,
              Action.UPDATE,
              old.map(PolicyDisplay::configuration)
                  .map(lines -> lines(lines, PolicyDisplay.configuration(fresh.get())))
                  .orElse(List.of()),
              (issued ? "its authtoken is new: " : "") + "a technician must install it again",
              true));
    }
    return old.isEmpty() || before.instructions().equals(after.instructions())
        ? Optional.empty()
        : Optional.of(
            new KubernetesChange(
                after,
                Action.UPDATE,
                lines(before.instructions(), after.instructions()),
                "only its instructions change: nothing has to be installed again"));
  }

  private static Optional<KubernetesChange> agentAPI(
      PublishedObject before, PublishedObject after) {
    if (before.texts().equals(after.texts())) {
      return Optional.empty();
    }
    String meaning =
        after.texts().isEmpty()
            ? "the operator's keys for the agent's API are destroyed"
            : before.password().equals(after.password())
                ? "the operator's certificate is renewed: nothing has to be installed at the site"
                : "the keys are new; the site kit gets the password";
    return Optional.of(
        new KubernetesChange(
            after, Action.UPDATE, lines(entries(before), entries(after)), meaning));
  }

  /** The lines that differ; none if only a secret does. */
  private static List<String> lines(List<String> before, List<String> after) {
    return before.equals(after) ? List.of() : LineDiff.of(before, after);
  }

  /** The entries of a Secret. Only certificates have a visible value. */
  private static List<String> entries(PublishedObject secret) {
    return secret.texts().entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + ": "
                    + (entry.getKey().endsWith(".crt")
                        ? PolicyDisplay.text(entry.getValue())
                        : PolicyDisplay.SECRET))
        .toList();
  }
}
