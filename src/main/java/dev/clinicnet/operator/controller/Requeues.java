package dev.clinicnet.operator.controller;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.clinicnet.operator.account.Requeue;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.HomeAccount;
import dev.clinicnet.operator.ngrok.AccountTime;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Requeues objects that did not change in Kubernetes. */
final class Requeues implements AutoCloseable, Requeue {
  private static final String CLINIC = "Clinic";

  /**
   * The least real time for each of many objects. A pass that reports something takes about as
   * long. If they came faster, those whose turn it is would wait behind them.
   */
  private static final Duration EACH = Duration.ofMillis(25);

  private static final List<Duration> AGAIN =
      List.of(Duration.ofMillis(200), Duration.ofSeconds(3));

  private final SimpleInboundEventSource<Clinic> clinicEvents =
      new SimpleInboundEventSource<>("requeue-clinic");
  private final SimpleInboundEventSource<ClinicService> serviceEvents =
      new SimpleInboundEventSource<>("requeue-service");
  private final ScheduledExecutorService later =
      new ScheduledThreadPoolExecutor(1, Requeues::daemon, new DiscardPolicy());
  private final List<Spaced> refused =
      AGAIN.stream().map(wait -> new Spaced(wait, this::later, this::requeueRefused)).toList();
  private final AccountTime time;
  private volatile IndexerResourceCache<Clinic> clinics;
  private volatile IndexerResourceCache<ClinicService> services;

  /** Requeues in the time of an account. */
  Requeues(AccountTime time) {
    this.time = time;
  }

  void clinics(IndexerResourceCache<Clinic> cache) {
    this.clinics = cache;
  }

  void services(IndexerResourceCache<ClinicService> cache) {
    this.services = cache;
  }

  SimpleInboundEventSource<Clinic> clinicEvents() {
    return clinicEvents;
  }

  SimpleInboundEventSource<ClinicService> serviceEvents() {
    return serviceEvents;
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return clinics.get(new ResourceID(name, namespace));
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return clinics.byIndex("claims", claimKey);
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return services.byIndex("claims", claimKey);
  }

  @Override
  public Optional<ClinicService> service(String namespace, String name) {
    return services.get(new ResourceID(name, namespace));
  }

  @Override
  public Stream<Clinic> allClinics() {
    return clinics.list();
  }

  @Override
  public Stream<ClinicService> allServices() {
    return services.list();
  }

  void requeueClinic(String namespace, String name) {
    clinicEvents.propagateEvent(new ResourceID(name, namespace));
  }

  void requeueService(String namespace, String name) {
    serviceEvents.propagateEvent(new ResourceID(name, namespace));
  }

  @Override
  public void owner(Owner owner) {
    if (owner.kind().equals(CLINIC)) {
      requeueClinic(owner.namespace(), owner.name());
    } else {
      requeueService(owner.namespace(), owner.name());
    }
  }

  @Override
  public void all() {
    all(clinic -> true, service -> true);
  }

  /** Requeues the objects that fit. */
  void all(Predicate<Clinic> someClinics, Predicate<ClinicService> someServices) {
    clinics.list().filter(someClinics).forEach(clinic -> requeue(clinic, clinicEvents));
    services.list().filter(someServices).forEach(service -> requeue(service, serviceEvents));
  }

  /** The account in which a service has its things. */
  String account(ClinicService service) {
    return HomeAccount.of(
        service,
        clinic(service.getMetadata().getNamespace(), service.getSpec().clinicRef().name()));
  }

  /** Requeues everything in some namespaces. */
  void namespaces(Set<String> names) {
    clinics
        .list()
        .filter(clinic -> names.contains(clinic.getMetadata().getNamespace()))
        .forEach(clinic -> requeue(clinic, clinicEvents));
    services
        .list()
        .filter(service -> names.contains(service.getMetadata().getNamespace()))
        .forEach(service -> requeue(service, serviceEvents));
  }

  /**
   * Requeues everything, spread over a time. Each Clinic comes together with its services, because
   * it counts them.
   */
  @Override
  public void over(Duration span) {
    over(span, clinic -> true, service -> true);
  }

  /** The same for the objects that fit. */
  void over(Duration span, Predicate<Clinic> someClinics, Predicate<ClinicService> someServices) {
    List<ResourceID> chosen =
        clinics.list().filter(someClinics).map(ResourceID::fromResource).toList();
    List<ClinicService> withThem = services.list().filter(someServices).toList();
    Duration least = EACH.multipliedBy(chosen.size() + withThem.size());
    Duration real = time.real(span);
    Duration spread = least.compareTo(real) > 0 ? least : real;
    chosen.forEach(id -> later(id, spread, () -> clinicEvents.propagateEvent(id)));
    withThem.forEach(
        service -> later(clinicOf(service), spread, () -> requeue(service, serviceEvents)));
  }

  /** Runs a task after a while, in real time. */
  void later(Duration wait, Runnable task) {
    var unused = later.schedule(task, wait.toMillis(), MILLISECONDS);
  }

  private static ResourceID clinicOf(ClinicService service) {
    return new ResourceID(
        service.getSpec().clinicRef().name(), service.getMetadata().getNamespace());
  }

  private void later(ResourceID site, Duration spread, Runnable wake) {
    long millis = Math.floorMod(site.hashCode(), Math.max(1, spread.toMillis()));
    var unused = later.schedule(wake, millis, MILLISECONDS);
  }

  /** Requeues the objects that do not have what their manifests ask for and that may try again. */
  @Override
  public void notProgrammed(Predicate<Owner> some) {
    notProgrammed(clinic -> some.test(Owner.of(clinic)), service -> some.test(Owner.of(service)));
  }

  /** The same for the objects that fit. */
  void notProgrammed(Predicate<Clinic> someClinics, Predicate<ClinicService> someServices) {
    clinics
        .list()
        .filter(someClinics)
        .filter(clinic -> fails(clinic, ConditionType.Programmed))
        .forEach(clinic -> requeue(clinic, clinicEvents));
    services
        .list()
        .filter(someServices)
        .filter(service -> fails(service, ConditionType.Programmed))
        .forEach(service -> requeue(service, serviceEvents));
  }

  /**
   * Requeues objects that were refused a name that may be free now. It does so twice, because the
   * caches of the two controllers may not know it yet. It looks at all objects, so not for each of
   * many that free names at the same time.
   */
  @Override
  public void refused() {
    refused.forEach(Spaced::ask);
  }

  /** Requeues the object to which names are handed over. The caches may not know it yet. */
  void handedOver(HasMetadata holder) {
    Annotations.get(holder, Annotations.HAND_OVER_TO)
        .map(path -> path.split("/", -1))
        .filter(path -> path.length == 2)
        .ifPresent(
            path -> {
              requeueEither(path[0], path[1]);
              for (Duration wait : AGAIN) {
                var unused =
                    later.schedule(
                        () -> requeueEither(path[0], path[1]), wait.toMillis(), MILLISECONDS);
              }
            });
  }

  private void requeueEither(String namespace, String name) {
    clinic(namespace, name).ifPresent(found -> requeueClinic(namespace, name));
    services
        .get(new ResourceID(name, namespace))
        .ifPresent(found -> requeueService(namespace, name));
  }

  private void requeueRefused() {
    clinics.list().filter(Requeues::isRefused).forEach(clinic -> requeue(clinic, clinicEvents));
    services
        .list()
        .filter(service -> isRefused(service) || isMoving(service))
        .forEach(service -> requeue(service, serviceEvents));
  }

  @Override
  public void close() {
    later.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "wakes");
    thread.setDaemon(true);
    return thread;
  }

  private static boolean isRefused(HasMetadata object) {
    return fails(object, ConditionType.Accepted)
        || Conditions.says(Conditions.of(object), ConditionType.Programmed, Reason.WaitingForName);
  }

  /** Whether a service has another internal URL than the wanted one, and may have that one now. */
  private boolean isMoving(ClinicService service) {
    String name = service.getSpec().clinicRef().name();
    String has = ClinicServiceStatus.of(service).internalURL();
    return has != null
        && clinic(service.getMetadata().getNamespace(), name)
            .map(ClinicNames::internalDomain)
            .filter(domain -> !has.equals(ServiceNames.internalURL(service, domain)))
            .isPresent();
  }

  private static boolean fails(HasMetadata object, ConditionType type) {
    return Conditions.find(Conditions.of(object), type)
        .filter(condition -> condition.status() == ConditionStatus.False)
        .isPresent();
  }

  private static <P extends HasMetadata> void requeue(
      P object, SimpleInboundEventSource<P> events) {
    events.propagateEvent(ResourceID.fromResource(object));
  }
}
