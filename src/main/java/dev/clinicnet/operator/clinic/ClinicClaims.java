package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.claim.Claimant;
import dev.clinicnet.operator.claim.Claimant.Hold;
import dev.clinicnet.operator.claim.Claims;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.claim.HostClaims;
import dev.clinicnet.operator.claim.PublicURLs;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Timestamps;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Elsewhere;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges whether a Clinic holds the names that it claims: its internal domain and its domains. */
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
                                + holder.toldTo(observation.owner().namespace())
                                + ": choose another, since tokens are bound by suffix.")
                        .withholding(claims.kept(holder))));
    for (ClinicDomain domain : observation.clinic().getSpec().domains()) {
      observation
          .elsewhere()
          .reserved(domain.name())
          .filter(there -> claims.isNotHere(domain.name()))
          .ifPresent(
              there ->
                  assessment.put(
                      ConditionType.Accepted, claims.reservedElsewhere(domain.name(), there)));
      claims
          .domainHolder(domain)
          .ifPresent(holder -> assessment.put(ConditionType.Accepted, claims.held(domain, holder)));
    }
  }

  /** The list of another account may be old. */
  private boolean isNotHere(String domain) {
    return o.inventory().find(Resource.RESERVED_DOMAINS, Keys.name(domain)).optional().isEmpty();
  }

  /** A domain belongs to one account of the platform, also a shared one. */
  private Verdict reservedElsewhere(String domain, Elsewhere.Reserved there) {
    Optional<Owner> holder =
        Mark.parse(there.domain().metadata())
            .filter(mark -> mark.instance().equals(o.settings().instance()))
            .flatMap(Mark::owner);
    boolean told = holder.filter(its -> its.namespace().equals(o.owner().namespace())).isPresent();
    String id = Resource.RESERVED_DOMAINS.path() + " " + domain + " (" + there.domain().id() + ")";
    return Verdict.no(
            Reason.DomainConflict,
            "spec.domains "
                + domain
                + " is reserved in another ngrok account of the operator"
                + (told ? ", " + there.account() + ", for " + holder.get() : "")
                + ", and ngrok gives a domain to one account only: choose another, or put this"
                + " Clinic into that account (spec.accountRef).")
        .withholding(
            told
                ? Optional.empty()
                : Optional.of(
                    id
                        + " is in the account "
                        + there.account()
                        + holder.map(its -> ", and is held by " + its).orElse("")));
  }

  /**
   * Of the names of another namespace, the message has only a wildcard above, because the reader
   * could not act without it.
   */
  private Verdict held(ClinicDomain domain, Claimant holder) {
    String reader = o.owner().namespace();
    String name = "spec.domains " + domain.name() + (domain.shared() ? " (shared)" : "");
    Optional<String> above =
        o.rivals().stream()
            .filter(
                other -> ClinicNames.path(other).equals(holder.namespace() + "/" + holder.name()))
            .flatMap(other -> other.getSpec().domains().stream())
            .filter(theirs -> conflict(domain, theirs))
            .map(ClinicDomain::name)
            .filter(theirs -> DomainNames.contains(theirs, domain.name()))
            .findFirst();
    String message;
    if (above.isPresent()) {
      message =
          name
              + " lies below the wildcard "
              + above.get()
              + ", which "
              + holder.toldTo(reader)
              + " lists for itself alone, so that its agent may bind every name below: choose"
              + " another, or list the wildcard as shared in both.";
    } else if (DomainNames.isWildcard(domain.name()) && !domain.shared()) {
      message =
          name
              + ", or a name below it, is held by "
              + holder.toldTo(reader)
              + ": an exclusive wildcard needs every name below. Choose another, or list it as"
              + " shared in both.";
    } else {
      message =
          name
              + " is held by "
              + holder.toldTo(reader)
              + ": remove it from one of them, or list it as shared in both.";
    }
    return Verdict.no(Reason.DomainConflict, message)
        .withholding(
            holder.keptFrom(reader, o.inventory().told(Resource.RESERVED_DOMAINS, domain.name())));
  }

  /** The holder of the internal domain, with the credential that may bind it. */
  private Optional<String> kept(Claimant holder) {
    String ids =
        permitting(o.internalDomain()).stream()
            .map(Credential::id)
            .filter(id -> o.credentials().stream().noneMatch(own -> own.id().equals(id)))
            .collect(Collectors.joining(", "));
    return holder.keptFrom(
        o.owner().namespace(),
        "internal domain "
            + o.internalDomain()
            + (ids.isEmpty() ? "" : " (" + Resource.CREDENTIALS.path() + " " + ids + ")"));
  }

  private Optional<Claimant> internalDomainHolder() {
    String domain = o.internalDomain();
    List<Claimant> rivals = new ArrayList<>();
    for (Clinic other : o.rivals()) {
      String otherDomain = ClinicNames.internalDomain(other);
      if (isInThisAccount(other) && DomainNames.nested(domain, otherDomain)) {
        rivals.add(HostClaims.claimant(other, internalHold(other, otherDomain)));
      }
    }
    List<Credential> own = o.credentials();
    permitting(domain).stream()
        .filter(credential -> !own.contains(credential))
        .forEach(credential -> rivals.add(holderOf(credential)));
    return Claims.heldBy(HostClaims.claimant(o.clinic(), internalHold(o.clinic(), domain)), rivals);
  }

  private boolean isInThisAccount(Clinic other) {
    return other.getSpec().account().equals(o.clinic().getSpec().account());
  }

  private Claimant holderOf(Credential credential) {
    Optional<Owner> owner = Mark.parse(credential.metadata()).flatMap(Mark::owner);
    Instant created =
        credential.createdAt() == null ? Instant.EPOCH : Timestamps.of(credential.createdAt());
    return new Claimant(
        owner.map(found -> found + " (its credential)").orElse("a credential of the account"),
        owner.map(Owner::namespace).orElse(""),
        credential.id(),
        created,
        Hold.MARK);
  }

  private Hold internalHold(Clinic clinic, String domain) {
    Owner owner = Owner.of(clinic);
    boolean marked =
        o.inventory().lookUp(Resource.CREDENTIALS, Keys.owner(owner)).stream()
            .filter(c -> o.settings().instance().equals(instanceOf(c)))
            .anyMatch(c -> c.acl().contains("bind:*." + domain));
    if (marked) {
      return Hold.MARK;
    }
    return ClinicStatus.of(clinic).authtoken() != null ? Hold.STATUS : Hold.NONE;
  }

  /** All credentials of the account that may bind something in or around the domain. */
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
    Hold own = domainHold(o.clinic(), domain.name());
    List<Claimant> rivals = new ArrayList<>();
    for (Clinic other : o.rivals()) {
      if (!handsOver(other)) {
        other.getSpec().domains().stream()
            .filter(theirs -> conflict(domain, theirs))
            .filter(theirs -> !(own != Hold.NONE && isBelow(domain, theirs)))
            .map(theirs -> rival(other, theirs, domain))
            .forEach(rivals::add);
      }
    }
    if (!domain.shared()) {
      rivalsForHost(domain.name()).forEach(rivals::add);
    }
    return Claims.heldBy(HostClaims.claimant(o.clinic(), own), rivals);
  }

  /**
   * An exclusive wildcard needs every name below it, so its holder keeps it, even if it is the
   * younger object.
   */
  private Claimant rival(Clinic other, ClinicDomain theirs, ClinicDomain mine) {
    Hold hold = domainHold(other, theirs.name());
    return hold != Hold.NONE && isBelow(theirs, mine)
        ? HostClaims.claimant(other, Hold.MARK).createdFirst()
        : HostClaims.claimant(other, hold);
  }

  private static boolean isBelow(ClinicDomain name, ClinicDomain wildcard) {
    return DomainNames.contains(wildcard.name(), name.name());
  }

  /**
   * The services that ask for a host that must be an exclusive domain, because an agent may bind
   * its exclusive domains.
   */
  private Stream<Claimant> rivalsForHost(String host) {
    return Stream.<HasMetadata>concat(o.hostRivals().stream(), o.rivals().stream())
        .filter(other -> PublicURLs.asksForHost(other, host) && HostClaims.contends(other, host))
        .filter(other -> !handsOver(other))
        .filter(
            other ->
                !(other instanceof ClinicService service)
                    || (!isOfThisClinic(service) && !isOfGiver(service)))
        .map(other -> HostClaims.claimant(other, HostClaims.hold(other, host)));
  }

  /**
   * A Clinic that hands a domain over decides for the services below it. They follow or are
   * refused.
   */
  private boolean isOfGiver(ClinicService service) {
    return o.holders()
        .manifests()
        .clinic(service.getMetadata().getNamespace(), service.getSpec().clinicRef().name())
        .filter(this::handsOver)
        .isPresent();
  }

  private boolean handsOver(HasMetadata holder) {
    return Annotations.handsOver(holder, o.clinic());
  }

  /**
   * A shared wildcard may have an exclusive name below it. The holder of the host decides about it.
   */
  static boolean conflict(ClinicDomain one, ClinicDomain other) {
    if (one.shared() && other.shared()) {
      return false;
    }
    if (!one.shared() && !other.shared()) {
      return DomainNames.overlap(one.name(), other.name());
    }
    String exclusive = one.shared() ? other.name() : one.name();
    String shared = one.shared() ? one.name() : other.name();
    return exclusive.equals(shared) || DomainNames.contains(exclusive, shared);
  }

  private boolean isOfThisClinic(ClinicService service) {
    return service.getSpec().clinicRef().name().equals(o.owner().name())
        && service.getMetadata().getNamespace().equals(o.owner().namespace());
  }

  private Hold domainHold(Clinic clinic, String name) {
    Owner owner = Owner.of(clinic);
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
        ClinicStatus.of(clinic).domains().stream()
            .anyMatch(d -> d.name().equals(name) && d.id() != null);
    return stated ? Hold.STATUS : Hold.NONE;
  }

  private static String instanceOf(Credential credential) {
    return Mark.parse(credential.metadata()).map(Mark::instance).orElse(null);
  }
}
