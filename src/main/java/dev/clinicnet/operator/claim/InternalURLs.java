package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.claim.Claimant.Hold;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Timestamps;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Decides which services of a Clinic may bind the internal URL that they ask for. */
public final class InternalURLs {
  /** The label of the agent's own API under the internal domain. */
  public static final String AGENT_API = "agent-api";

  private InternalURLs() {}

  /**
   * A URL that the Clinic's agent always binds for a service.
   *
   * @param url the URL that the service asks for, or the one that it has until then
   */
  public record Bound(ClinicService service, String url) {}

  /** The endpoints that the Clinic's agent binds: those of services that are not being deleted. */
  public static List<Bound> bound(Clinic clinic, Collection<ClinicService> services) {
    return services.stream()
        .filter(service -> service.getMetadata().getDeletionTimestamp() == null)
        .filter(service -> !InternalMoves.startsOnDemand(service))
        .flatMap(
            service ->
                toBind(service, clinic, services).stream().map(url -> new Bound(service, url)))
        .toList();
  }

  /**
   * The URL that the agent must bind for a service now: the wanted URL; the former URL while
   * another service has the wanted one; or a temporary URL in an exchange. Empty for a service that
   * may have none.
   */
  public static Optional<String> toBind(
      ClinicService service, Clinic clinic, Collection<ClinicService> siblings) {
    InternalMoves moves = new InternalMoves(clinic, siblings);
    boolean valid = invalid(service, clinic).isEmpty();
    Optional<String> temporary =
        valid && moves.isExchanging(service) ? moves.temporary(service) : Optional.empty();
    if (temporary.isPresent()) {
      return temporary;
    }
    String wanted = moves.wanted(service);
    return valid && holder(service, wanted, siblings, moves).isEmpty()
        ? Optional.of(wanted)
        : moves.held(service).filter(url -> holder(service, url, siblings, moves).isEmpty());
  }

  /** Another URL that the agent may bind for a service, while it goes from one to the other. */
  public static Optional<String> temporary(
      ClinicService service, Clinic clinic, Collection<ClinicService> siblings) {
    return new InternalMoves(clinic, siblings).temporary(service);
  }

  /** The service that still has the wanted URL and gives it up; by namespace and name. */
  public static Optional<String> waitsFor(
      ClinicService service, Clinic clinic, Collection<ClinicService> siblings) {
    return new InternalMoves(clinic, siblings).waitsFor(service).map(ClinicNames::path);
  }

  /**
   * Why a service may not have its internal URL; empty when it may, now or after another service.
   */
  public static Optional<Verdict> problem(
      ClinicService service, Clinic clinic, Collection<ClinicService> siblings) {
    Optional<Verdict> invalid = invalid(service, clinic);
    if (invalid.isPresent()) {
      return invalid;
    }
    InternalMoves moves = new InternalMoves(clinic, siblings);
    Optional<Claimant> holder = holder(service, moves.wanted(service), siblings, moves);
    boolean waits =
        moves.held(service).isPresent()
            && moves.waitsFor(service).isPresent()
            && moves.isOnTheWay(service);
    return holder
        .filter(held -> !waits)
        .map(
            held ->
                Verdict.no(
                    Reason.InternalURLConflict,
                    "spec.internalURL "
                        + moves.wanted(service)
                        + " is held by "
                        + held.description()
                        + remedy(service, moves)));
  }

  private static String remedy(ClinicService service, InternalMoves moves) {
    Optional<ClinicService> leaving = moves.waitsFor(service);
    if (leaving.isEmpty()) {
      return ": choose another.";
    }
    return moves.isOnTheWay(service)
        ? ", which gives it up: it is free once the present site kit is installed. Wait, or choose"
            + " another."
        : ", which asks for "
            + moves.wanted(leaving.get())
            + " and cannot have it: give one of them another spec.internalURL first, install the"
            + " site kit, and the wanted one after that.";
  }

  private static Optional<Verdict> invalid(ClinicService service, Clinic clinic) {
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
    return clinic.getSpec().agent().api() != null && isAgentAPI
        ? Optional.of(
            Verdict.no(
                Reason.InternalURLConflict,
                "The name "
                    + AGENT_API
                    + " under "
                    + domain
                    + " is taken by the agent's own API: choose"
                    + " another for this service."))
        : Optional.empty();
  }

  /** The other service that has a URL. */
  private static Optional<Claimant> holder(
      ClinicService service, String url, Collection<ClinicService> siblings, InternalMoves moves) {
    return Claims.heldBy(
        claimant(service, url),
        siblings.stream()
            .filter(other -> !ClinicNames.path(other).equals(ClinicNames.path(service)))
            .filter(
                other ->
                    moves.wanted(other).equals(url)
                        || moves.held(other).filter(url::equals).isPresent())
            .map(other -> claimant(other, url))
            .toList());
  }

  private static Claimant claimant(ClinicService service, String url) {
    boolean holds = url.equals(ClinicServiceStatus.of(service).internalURL());
    return new Claimant(
        "ClinicService " + ClinicNames.path(service),
        service.getMetadata().getNamespace(),
        service.getMetadata().getName(),
        created(service),
        holds ? Hold.STATUS : Hold.NONE);
  }

  private static Instant created(ClinicService service) {
    String timestamp = service.getMetadata().getCreationTimestamp();
    return timestamp == null ? Instant.MAX : Timestamps.of(timestamp);
  }
}
