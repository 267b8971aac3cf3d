package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Via;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Moves internal URLs between the services of a Clinic. The public endpoint of a service forwards
 * to its old URL until the agent binds the new one. No other service may have the old URL before
 * that, because callers would reach another upstream. If services exchange their URLs, each would
 * wait for the other. They then use temporary URLs, which no other service ever has.
 */
final class InternalMoves {
  private static final String MOVING = "-moving";
  private static final int LONGEST_LABEL = 63;

  private final String domain;
  private final Collection<ClinicService> services;

  /** The services of one Clinic, with the URLs of their statuses. */
  InternalMoves(Clinic clinic, Collection<ClinicService> services) {
    this.domain = ClinicNames.internalDomain(clinic);
    this.services = services;
  }

  /** The URL that a manifest asks for. */
  String wanted(ClinicService service) {
    return ServiceNames.internalURL(service, domain);
  }

  /**
   * The URL that a service has and that an agent has bound for it; empty before an agent has bound
   * one.
   */
  Optional<String> held(ClinicService service) {
    ClinicServiceStatus status = service.getStatus();
    return status == null || status.internalURL() == null || !isInUse(service)
        ? Optional.empty()
        : Optional.of(status.internalURL()).filter(url -> isUnder(url, domain));
  }

  /** An endpoint that sessions start is bound while a session is open. */
  private static boolean isInUse(ClinicService service) {
    ClinicServiceStatus status = service.getStatus();
    return startsOnDemand(service)
        ? status.onDemand() != null && status.onDemand().agentEndpoint() != null
        : status.internalBoundAt() != null;
  }

  /** Whether its endpoint is bound only while a session is open. */
  static boolean startsOnDemand(ClinicService service) {
    ClinicServiceSpec spec = service.getSpec();
    return spec.availability() == Availability.OnDemand && spec.onDemand().via() == Via.AgentAPI;
  }

  /** A status may have any text. */
  private static boolean isUnder(String url, String domain) {
    try {
      String host = ServiceNames.host(url);
      return host != null && host.endsWith("." + domain);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a service gives up the URL that it has. */
  boolean leaves(ClinicService service) {
    return service.isMarkedForDeletion()
        || held(service).filter(url -> !url.equals(wanted(service))).isPresent();
  }

  /** Another service that still has the URL that a service asks for, and gives it up. */
  Optional<ClinicService> waitsFor(ClinicService service) {
    String wanted = wanted(service);
    return services.stream()
        .filter(other -> !isSame(other, service))
        .filter(other -> held(other).filter(wanted::equals).isPresent())
        .filter(this::leaves)
        .findFirst();
  }

  /**
   * Whether a service gives up its URL in an exchange: the service that asks for the URL waits,
   * perhaps through others, for this service, or has moved to a temporary URL.
   */
  boolean isExchanging(ClinicService service) {
    Set<String> seen = new HashSet<>();
    Deque<ClinicService> next = new ArrayDeque<>();
    next.add(service);
    while (!next.isEmpty()) {
      ClinicService holder = next.remove();
      for (ClinicService other : services) {
        if (waitsFor(other).filter(found -> isSame(found, holder)).isEmpty()) {
          continue;
        }
        if (isSame(other, service) || held(other).equals(temporary(other))) {
          return leaves(service) && !held(service).equals(temporary(service));
        }
        if (seen.add(other.getMetadata().getName())) {
          next.add(other);
        }
      }
    }
    return false;
  }

  /** Whether the URL that a service waits for becomes free by itself. */
  boolean isOnTheWay(ClinicService service) {
    Set<String> seen = new HashSet<>();
    ClinicService waiting = service;
    while (seen.add(waiting.getMetadata().getName())) {
      Optional<ClinicService> holder = waitsFor(waiting);
      if (holder.isEmpty()) {
        return isFree(waiting);
      }
      if (holder.get().isMarkedForDeletion()) {
        return true;
      }
      waiting = holder.get();
    }
    return temporary(waiting).isPresent();
  }

  /** Whether no other service stays at the URL that a service asks for. */
  private boolean isFree(ClinicService service) {
    String wanted = wanted(service);
    return isUnder(wanted, domain)
        && services.stream()
            .filter(other -> !isSame(other, service))
            .noneMatch(other -> wanted(other).equals(wanted));
  }

  /**
   * The temporary URL of a service between two others; empty if another service has that name. It
   * has the scheme and the port of the wanted URL.
   */
  Optional<String> temporary(ClinicService service) {
    String wanted = wanted(service);
    String scheme = wanted.substring(0, wanted.indexOf("://") + "://".length());
    String rest = wanted.substring(scheme.length());
    String port = rest.contains(":") ? rest.substring(rest.indexOf(':')) : "";
    String url = scheme + label(service.getMetadata().getName()) + "." + domain + port;
    return services.stream().anyMatch(other -> wanted(other).equals(url))
        ? Optional.empty()
        : Optional.of(url);
  }

  private static String label(String name) {
    if (name.length() + MOVING.length() <= LONGEST_LABEL) {
      return name + MOVING;
    }
    String hash = "-%08x".formatted(name.hashCode());
    return name.substring(0, LONGEST_LABEL - MOVING.length() - hash.length()) + hash + MOVING;
  }

  private static boolean isSame(ClinicService one, ClinicService other) {
    return ClinicNames.path(one).equals(ClinicNames.path(other));
  }
}
