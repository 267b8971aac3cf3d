package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.Claimant;
import dev.clinicnet.operator.claim.Claimant.Hold;
import dev.clinicnet.operator.claim.Claims;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.claim.HostClaims;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a Clinic holds the names that it claims: its internal domain and its domains. */
final class ClinicClaims {
  private final ClinicObservation o;

  private ClinicClaims(ClinicObservation observation) {
    this.o = observation;
  }

  static void check(ClinicObservation observation, Assessment assessment) {
    ClinicClaims claims = new ClinicClaims(observation);
    claims
        .internalDomainHolder()
        .ifPresent(
            holder ->
                assessment.put(
                    ConditionType.Accepted,
                    Verdict.no(
                        Reason.InternalDomainConflict,
                        "spec.internalDomain "
                            + observation.internalDomain()
                            + " equals, contains or lies under a name held by "
                            + holder.description()
                            + ": choose another, since tokens are bound by suffix.")));
    for (ClinicDomain domain : observation.clinic().getSpec().domains()) {
      claims
          .domainHolder(domain)
          .ifPresent(
              holder ->
                  assessment.put(
                      ConditionType.Accepted,
                      Verdict.no(
                          Reason.DomainConflict,
                          "spec.domains "
                              + domain.name()
                              + (domain.shared() ? " (shared)" : "")
                              + " is held by "
                              + holder.description()
                              + ": remove it from one of them, or list it as shared in both.")));
    }
  }

  private Optional<Claimant> internalDomainHolder() {
    String domain = o.internalDomain();
    List<Claimant> rivals = new ArrayList<>();
    for (Clinic other : o.rivals()) {
      String otherDomain = ClinicNames.internalDomain(other);
      if (DomainNames.nested(domain, otherDomain)) {
        rivals.add(claimant(other, internalHold(other, otherDomain)));
      }
    }
    List<Credential> own = o.credentials();
    permitting(domain).stream()
        .filter(credential -> !own.contains(credential))
        .forEach(credential -> rivals.add(holderOf(credential)));
    return Claims.heldBy(claimant(o.clinic(), internalHold(o.clinic(), domain)), rivals);
  }

  private Claimant holderOf(Credential credential) {
    String description =
        Mark.parse(credential.metadata())
            .flatMap(Mark::owner)
            .map(owner -> owner + " (credential " + credential.id() + ")")
            .orElse("credential " + credential.id() + ", which is not ours");
    Instant created =
        credential.createdAt() == null ? Instant.EPOCH : Instant.parse(credential.createdAt());
    return new Claimant(description, "", credential.id(), created, Hold.MARK);
  }

  private Hold internalHold(Clinic clinic, String domain) {
    Owner owner = owner(clinic);
    boolean marked =
        o.inventory().lookUp(Resource.CREDENTIALS, Keys.owner(owner)).stream()
            .filter(c -> o.settings().instance().equals(instanceOf(c)))
            .anyMatch(c -> c.acl().contains("bind:*." + domain));
    if (marked) {
      return Hold.MARK;
    }
    boolean stated = clinic.getStatus() != null && clinic.getStatus().authtoken() != null;
    return stated ? Hold.STATUS : Hold.NONE;
  }

  /** Credentials, whoever made them, that may bind something in or around the domain. */
  private Set<Credential> permitting(String domain) {
    Set<Credential> found =
        new LinkedHashSet<>(o.inventory().lookUp(Resource.CREDENTIALS, Keys.permitsUnder(domain)));
    List<String> above = new ArrayList<>(DomainNames.suffixes(domain));
    above.add(domain.substring(domain.lastIndexOf('.') + 1));
    for (String suffix : above) {
      found.addAll(o.inventory().lookUp(Resource.CREDENTIALS, Keys.permitsAllOf(suffix)));
    }
    return found;
  }

  private Optional<Claimant> domainHolder(ClinicDomain domain) {
    List<Claimant> rivals = new ArrayList<>();
    for (Clinic other : o.rivals()) {
      boolean contests =
          other.getSpec().domains().stream().anyMatch(theirs -> conflict(domain, theirs));
      if (contests) {
        rivals.add(claimant(other, domainHold(other, domain.name())));
      }
    }
    if (!domain.shared()) {
      o.hostRivals().stream()
          .filter(service -> HostClaims.serves(service, domain.name()))
          .filter(service -> !isOfThisClinic(service))
          .map(service -> HostClaims.claimant(service, Hold.STATUS))
          .forEach(rivals::add);
    }
    return Claims.heldBy(claimant(o.clinic(), domainHold(o.clinic(), domain.name())), rivals);
  }

  /** A shared wildcard may have an exclusive name below it: whose that is, its host decides. */
  static boolean conflict(ClinicDomain one, ClinicDomain other) {
    if (one.shared() && other.shared()) {
      return false;
    }
    if (!one.shared() && !other.shared()) {
      return DomainNames.overlap(one.name(), other.name());
    }
    String exclusive = one.shared() ? other.name() : one.name();
    String shared = one.shared() ? one.name() : other.name();
    return exclusive.equals(shared)
        || (DomainNames.isWildcard(exclusive)
            && DomainNames.isUnder(DomainNames.base(shared), DomainNames.base(exclusive)));
  }

  private boolean isOfThisClinic(ClinicService service) {
    return service.getSpec().clinicRef().name().equals(o.owner().name())
        && service.getMetadata().getNamespace().equals(o.owner().namespace());
  }

  private Hold domainHold(Clinic clinic, String name) {
    Owner owner = owner(clinic);
    boolean marked =
        o.inventory()
            .find(Resource.RESERVED_DOMAINS, Keys.name(name))
            .optional()
            .map(ReservedDomain::metadata)
            .flatMap(Mark::parse)
            .filter(mark -> mark.isOf(o.settings().instance(), owner))
            .isPresent();
    if (marked) {
      return Hold.MARK;
    }
    boolean stated =
        clinic.getStatus() != null
            && clinic.getStatus().domains().stream()
                .anyMatch(d -> d.name().equals(name) && d.id() != null);
    return stated ? Hold.STATUS : Hold.NONE;
  }

  private static String instanceOf(Credential credential) {
    return Mark.parse(credential.metadata()).map(Mark::instance).orElse(null);
  }

  private static Owner owner(Clinic clinic) {
    return new Owner(
        ClinicObservation.KIND,
        clinic.getMetadata().getNamespace(),
        clinic.getMetadata().getName());
  }

  private static Claimant claimant(Clinic clinic, Hold hold) {
    String created = clinic.getMetadata().getCreationTimestamp();
    return new Claimant(
        "Clinic " + ClinicNames.path(clinic),
        clinic.getMetadata().getNamespace(),
        clinic.getMetadata().getName(),
        created == null ? Instant.MAX : Instant.parse(created),
        hold);
  }
}
