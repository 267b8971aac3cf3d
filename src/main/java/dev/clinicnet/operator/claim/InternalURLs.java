package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.Via;
import dev.clinicnet.operator.claim.Claimant.Hold;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which services of a Clinic may bind the internal URL that they ask for. */
public final class InternalURLs {
  /** The label under the internal domain that the agent's own API has. */
  public static final String AGENT_API = "agent-api";

  private InternalURLs() {}

  /**
   * The services that the Clinic's agent binds endpoints for all the time: valid ones that stay.
   */
  public static List<ClinicService> bound(Clinic clinic, Collection<ClinicService> services) {
    return services.stream()
        .filter(service -> service.getMetadata().getDeletionTimestamp() == null)
        .filter(service -> !startsOnDemand(service))
        .filter(service -> problem(service, clinic, services).isEmpty())
        .toList();
  }

  /** Whether its endpoint is bound only while a session is open. */
  private static boolean startsOnDemand(ClinicService service) {
    ClinicServiceSpec spec = service.getSpec();
    return spec.availability() == Availability.OnDemand && spec.onDemand().via() == Via.AgentAPI;
  }

  /** Why a service may not bind its internal URL; empty when it may. */
  public static Optional<Verdict> problem(
      ClinicService service, Clinic clinic, Collection<ClinicService> siblings) {
    String domain = ClinicNames.internalDomain(clinic);
    String url = ServiceNames.internalURL(service, domain);
    String host = ServiceNames.host(url);
    if (host == null || !host.endsWith("." + domain)) {
      return Optional.of(
          Verdict.no(
              Reason.Invalid,
              "spec.internalURL "
                  + url
                  + " must lie under the Clinic's internal domain "
                  + domain
                  + ": its agent may bind nothing else."));
    }
    boolean isAgentAPI =
        host.equals(AGENT_API + "." + domain) || service.getMetadata().getName().equals(AGENT_API);
    if (clinic.getSpec().agent().api() != null && isAgentAPI) {
      return Optional.of(
          Verdict.no(
              Reason.InternalURLConflict,
              "The name "
                  + AGENT_API
                  + " under "
                  + domain
                  + " is taken by the agent's own API: choose"
                  + " another for this service."));
    }
    return Claims.heldBy(
            claimant(service, url),
            siblings.stream()
                .filter(other -> !ClinicNames.path(other).equals(ClinicNames.path(service)))
                .filter(
                    other ->
                        ServiceNames.internalURL(other, domain).equals(url) || uses(other, url))
                .map(other -> claimant(other, url))
                .toList())
        .map(
            holder ->
                Verdict.no(
                    Reason.InternalURLConflict,
                    "spec.internalURL "
                        + url
                        + " is held by "
                        + holder.description()
                        + ": choose another."));
  }

  /** Whether a service that moves away still has its public endpoint forward to the URL. */
  private static boolean uses(ClinicService service, String url) {
    return service.getStatus() != null
        && service.getStatus().internalBoundAt() != null
        && url.equals(service.getStatus().internalURL());
  }

  private static Claimant claimant(ClinicService service, String url) {
    boolean holds = service.getStatus() != null && url.equals(service.getStatus().internalURL());
    return new Claimant(
        "ClinicService " + ClinicNames.path(service),
        service.getMetadata().getNamespace(),
        service.getMetadata().getName(),
        created(service),
        holds ? Hold.STATUS : Hold.NONE);
  }

  private static Instant created(ClinicService service) {
    String timestamp = service.getMetadata().getCreationTimestamp();
    return timestamp == null ? Instant.MAX : Instant.parse(timestamp);
  }
}
