package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.FailureVerdict;
import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.LetGo;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.reconcile.Deletion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The deletion of a Clinic: endpoints, then domains and credential, then its sessions, then the
 * service user.
 *
 * @param steps the steps that are possible now
 * @param remaining the objects that still exist, for the message; empty when the Clinic may go
 * @param waitsForEndpoints whether it waits for the public endpoints of its services
 * @param stuck why services cannot take their endpoints down, as sentences; empty when no person
 *     must act
 */
record ClinicDeletion(
    List<Step> steps, List<String> remaining, boolean waitsForEndpoints, String stuck)
    implements Deletion {

  /** A deletion that waits for no endpoint. */
  ClinicDeletion(List<Step> steps, List<String> remaining) {
    this(steps, remaining, false, "");
  }

  @Override
  public String left() {
    return "Still there: " + String.join(", ", remaining) + ".";
  }

  @Override
  public Verdict waiting() {
    return waitsForEndpoints
        ? Verdict.no(Reason.WaitingForEndpoints, left() + stuck)
        : Verdict.no(Reason.Deleting, left());
  }

  /** The same deletion, with writes in Kubernetes that follow when nothing else is left to do. */
  ClinicDeletion before(List<Step> writes) {
    return remaining.isEmpty() && !writes.isEmpty()
        ? new ClinicDeletion(writes, writes.stream().map(Object::toString).toList())
        : this;
  }

  static ClinicDeletion decide(ClinicObservation o) {
    // This comes before objects are left as they are, and before the wait for endpoints.
    List<Step> cut = Annotations.isQuarantined(o.clinic()) ? ClinicQuarantine.steps(o) : List.of();
    if (!cut.isEmpty()) {
      return new ClinicDeletion(cut, cut.stream().map(Object::toString).toList());
    }
    return o.clinic().getSpec().deletionPolicy() == DeletionPolicy.Retain ? retain(o) : delete(o);
  }

  private static ClinicDeletion retain(ClinicObservation o) {
    List<Step> steps = new ArrayList<>();
    for (ReservedDomain domain : o.exclusiveDomains()) {
      letGo(o, domain).retain().ifPresent(steps::add);
    }
    for (Credential credential : o.credentials()) {
      new LetGo(Resource.CREDENTIALS, credential, o.markOr(credential))
          .retain()
          .ifPresent(steps::add);
    }
    for (Endpoint endpoint : AgentAPIDecision.present(o)) {
      new LetGo(Resource.ENDPOINTS, endpoint, o.markOr(endpoint)).retain().ifPresent(steps::add);
    }
    return new ClinicDeletion(steps, steps.stream().map(Object::toString).toList());
  }

  /**
   * The steps that are possible while the account is not listed: they take down the endpoint to the
   * agent's API, and the credentials and agent sessions that the status names, when no service of
   * the Clinic has a public endpoint any more.
   */
  static List<Step> revokeUnseen(ClinicObservation o) {
    boolean open =
        o.services().stream()
            .map(ClinicService::getStatus)
            .filter(status -> status != null && status.endpoint() != null)
            .anyMatch(status -> !o.inventory().isGone(Resource.ENDPOINTS, status.endpoint().id()));
    if (!o.clinic().isMarkedForDeletion()
        || o.clinic().getSpec().deletionPolicy() == DeletionPolicy.Retain) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>(AgentAPIDecision.closeUnseen(o));
    if (open) {
      return steps;
    }
    o.knownCredentialIDs().stream()
        .filter(id -> !o.inventory().isGone(Resource.CREDENTIALS, id))
        .forEach(id -> steps.add(new Step.Delete(Resource.CREDENTIALS, id, id)));
    o.status().agents().stream()
        .map(AgentStatus::sessionID)
        .filter(id -> !o.inventory().isGone(Resource.TUNNEL_SESSIONS, id))
        .forEach(id -> steps.add(new Step.StopSession(id)));
    return steps;
  }

  private static ClinicDeletion delete(ClinicObservation o) {
    List<Step> steps = new ArrayList<>();
    List<Endpoint> endpoints = endpoints(o);
    if (!endpoints.isEmpty()) {
      endpoints.stream()
          .filter(endpoint -> !hasOwner(o, endpoint))
          .forEach(e -> steps.add(new Step.Delete(Resource.ENDPOINTS, e.id(), e.url())));
      return new ClinicDeletion(
          steps, endpoints.stream().map(e -> "endpoint " + e.url()).toList(), true, stuck(o));
    }
    List<String> remaining = new ArrayList<>();
    for (ReservedDomain domain : o.exclusiveDomains()) {
      release(o, domain)
          .ifPresent(
              step -> {
                steps.add(step);
                remaining.add("domain " + domain.domain());
              });
    }
    List<Credential> going = new ArrayList<>();
    Set<String> staying = new HashSet<>();
    for (Credential credential : o.credentials()) {
      if (AdoptedCredentials.stays(o, credential)) {
        staying.add(credential.id());
        AdoptedCredentials.giveBack(o, credential)
            .ifPresent(
                step -> {
                  steps.add(step);
                  remaining.add("credential " + credential.id());
                });
      } else {
        going.add(credential);
        steps.add(new Step.Delete(Resource.CREDENTIALS, credential.id(), credential.id()));
        remaining.add("credential " + credential.id());
      }
    }
    List<TunnelSession> sessions =
        o.sessions().stream().filter(one -> !staying.contains(one.credential().id())).toList();
    for (TunnelSession session : sessions) {
      steps.add(new Step.StopSession(session.id()));
      remaining.add("agent session " + session.id());
    }
    if (!o.knowsSessions()) {
      remaining.add("agent sessions that may have begun since the last look");
    }
    if (going.isEmpty() && sessions.isEmpty()) {
      ServiceUserDecision.user(o)
          .optional()
          .ifPresent(
              user -> {
                if (o.knowsSessions()) {
                  steps.add(new Step.Delete(Resource.SERVICE_USERS, user.id(), user.name()));
                }
                remaining.add("service user " + user.name());
              });
    }
    return new ClinicDeletion(steps, remaining);
  }

  /** Why services cannot take their endpoints down before a person acts. */
  private static String stuck(ClinicObservation o) {
    String services =
        o.services().stream().flatMap(ClinicDeletion::stuck).collect(Collectors.joining());
    return services.isEmpty() ? "" : services + " " + FailureVerdict.ABANDONING;
  }

  private static Stream<String> stuck(ClinicService service) {
    return Conditions.find(Conditions.of(service), ConditionType.Programmed)
        .filter(ClinicDeletion::needsSomebody)
        .map(
            programmed ->
                " ClinicService "
                    + service.getMetadata().getName()
                    + " says "
                    + programmed.reason()
                    + ": "
                    + programmed.message().replace(" " + FailureVerdict.ABANDONING, ""))
        .stream();
  }

  private static boolean needsSomebody(Condition programmed) {
    return Reason.parse(programmed.reason())
        .filter(reason -> reason != Reason.ClinicDeleting)
        .filter(reason -> reason.waits() == Reason.Waits.SOMEBODY)
        .isPresent();
  }

  /**
   * Releases an exclusive domain: at once without an undo window, otherwise by a mark with which
   * the window begins. A domain that existed before stays. Empty when this was done.
   */
  static Optional<Step> release(ClinicObservation o, ReservedDomain domain) {
    LetGo letGo = letGo(o, domain);
    return letGo.mark().wasAdopted() && !o.grant().releasesAdopted(domain.domain())
        ? letGo.retain()
        : letGo.release(o.settings().undoWindow(), o.now());
  }

  private static LetGo letGo(ClinicObservation o, ReservedDomain domain) {
    return new LetGo(Resource.RESERVED_DOMAINS, domain, o.markOf(domain));
  }

  private static List<Endpoint> endpoints(ClinicObservation o) {
    String key =
        Keys.clinic(o.clinic().getMetadata().getNamespace(), o.clinic().getMetadata().getName());
    return o.inventory().lookUp(Resource.ENDPOINTS, key).stream()
        .filter(Endpoint::isCloud)
        .filter(
            endpoint ->
                Mark.parse(endpoint.metadata())
                    .filter(mark -> mark.instance().equals(o.settings().instance()))
                    .filter(mark -> !mark.isRetained())
                    .isPresent())
        .toList();
  }

  /** Whether the endpoint belongs to a service, which then takes it down itself. */
  private static boolean hasOwner(ClinicObservation o, Endpoint endpoint) {
    Optional<Owner> owner = Mark.parse(endpoint.metadata()).flatMap(Mark::owner);
    return o.services().stream()
        .anyMatch(
            service ->
                owner
                    .filter(
                        own ->
                            own.kind().equals(service.getKind())
                                && own.name().equals(service.getMetadata().getName()))
                    .isPresent());
  }
}
