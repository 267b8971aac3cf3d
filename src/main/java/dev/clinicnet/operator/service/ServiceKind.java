package dev.clinicnet.operator.service;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.certificate.ExpiryObserver;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.reconcile.Kind;
import dev.clinicnet.operator.reconcile.Urgency;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The kind ClinicService.
 *
 * @param nonces supplies unused nonces
 */
public record ServiceKind(
    Account account,
    Settings settings,
    Supplier<String> nonces,
    ExpiryObserver certificates,
    Clock clock)
    implements Kind<ClinicService> {
  /** A service decides without looking at users, credentials and sessions. */
  private static final List<Resource<?, ?, ?>> LISTS =
      List.of(Resource.RESERVED_DOMAINS, Resource.RESERVED_ADDRS, Resource.ENDPOINTS);

  private static final List<Resource<?, ?, ?>> LISTS_WITH_VAULT =
      Stream.concat(LISTS.stream(), Stream.of(Resource.VAULTS, Resource.VAULT_SECRETS)).toList();

  @Override
  public String clinic(ClinicService service) {
    return service.getSpec().clinicRef().name();
  }

  @Override
  public Urgency urgency(ClinicService service, Cluster cluster) {
    Optional<Clinic> clinic = ServiceObservation.clinic(service, cluster);
    if (clinic.filter(Annotations::isQuarantined).isPresent()
        || hasNoSessionLeft(service, cluster)) {
      return Urgency.CUT_OFF;
    }
    return service.isMarkedForDeletion() || clinic.filter(Clinic::isMarkedForDeletion).isPresent()
        ? Urgency.DELETION
        : Urgency.USUAL;
  }

  /** Whether it is open for sessions, the last of which has ended. */
  private boolean hasNoSessionLeft(ClinicService service, Cluster cluster) {
    ObjectMeta metadata = service.getMetadata();
    return ClinicServiceStatus.of(service).onDemand() != null
        && SessionWindow.of(
                cluster.sessionsBy(ClaimKeys.service(metadata.getNamespace(), metadata.getName())),
                clock.instant())
            .isShut();
  }

  @Override
  public List<Resource<?, ?, ?>> lists(ClinicService service) {
    return needed(service);
  }

  /** The lists of the account that decisions on a service depend on. */
  public static List<Resource<?, ?, ?>> needed(ClinicService service) {
    // A deleted service uses the vault only if its status says so: names are recorded beforehand.
    boolean vault =
        service.isMarkedForDeletion()
            ? !ClinicServiceStatus.of(service).vaultSecrets().isEmpty()
            : VaultDecision.usesVault(service.getSpec(), ClinicServiceStatus.of(service));
    return vault ? LISTS_WITH_VAULT : LISTS;
  }

  @Override
  public List<Condition> conditions(ClinicService service) {
    return ClinicServiceStatus.of(service).conditions();
  }

  @Override
  public ServicePass begin(ClinicService service, Cluster cluster) {
    return new ServicePass(this, service, cluster);
  }

  @Override
  public void forget(ClinicService service) {
    account
        .waves()
        .settled(
            Owner.of(service),
            new Owner("Clinic", service.getMetadata().getNamespace(), clinic(service)),
            clock.instant());
    certificates.forget(service.getMetadata().getNamespace(), service.getMetadata().getName());
  }
}
