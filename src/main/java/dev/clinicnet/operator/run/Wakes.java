package dev.clinicnet.operator.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;

/** Has objects looked at though nothing happened to them in Kubernetes. */
final class Wakes implements AutoCloseable {
  /** How often a deletion that waits is looked at, in case nothing wakes it. */
  static final Duration DELETION_CHECK = Duration.ofSeconds(5);

  private static final List<Duration> AGAIN =
      List.of(Duration.ofMillis(300), Duration.ofSeconds(3));
  private static final Duration SOON = Duration.ofMillis(10);

  private final SimpleInboundEventSource<Clinic> clinicEvents =
      new SimpleInboundEventSource<>("wake-clinic");
  private final SimpleInboundEventSource<ClinicService> serviceEvents =
      new SimpleInboundEventSource<>("wake-service");
  private final ScheduledExecutorService later =
      new ScheduledThreadPoolExecutor(1, Wakes::daemon, new DiscardPolicy());
  private volatile IndexerResourceCache<Clinic> clinics;
  private volatile IndexerResourceCache<ClinicService> services;

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

  IndexerResourceCache<Clinic> clinics() {
    return clinics;
  }

  IndexerResourceCache<ClinicService> services() {
    return services;
  }

  void clinic(String namespace, String name) {
    clinicEvents.propagateEvent(new ResourceID(name, namespace));
  }

  void service(String namespace, String name) {
    serviceEvents.propagateEvent(new ResourceID(name, namespace));
  }

  /** Everything. */
  void all() {
    clinics.list().map(ResourceID::fromResource).forEach(clinicEvents::propagateEvent);
    services.list().map(ResourceID::fromResource).forEach(serviceEvents::propagateEvent);
  }

  /**
   * Whoever was refused a name that may be free now. Again a little later too: the caches of the
   * two controllers may not know yet that it is.
   */
  void refused() {
    wakeRefused();
    for (Duration wait : AGAIN) {
      var unused = later.schedule(this::wakeRefused, wait.toMillis(), MILLISECONDS);
    }
  }

  private void wakeRefused() {
    clinics
        .list()
        .filter(clinic -> clinic.getStatus() != null && isRefused(clinic.getStatus().conditions()))
        .forEach(clinic -> wake(clinic, clinicEvents));
    services
        .list()
        .filter(
            service -> service.getStatus() != null && isRefused(service.getStatus().conditions()))
        .forEach(service -> wake(service, serviceEvents));
  }

  @Override
  public void close() {
    later.shutdownNow();
  }

  /** How long it is until a moment, at least a little. */
  static Duration until(Instant when, Clock clock) {
    Duration wait = Duration.between(clock.instant(), when);
    return wait.compareTo(SOON) > 0 ? wait : SOON;
  }

  /** Whether the manifest was changed since its last pass: it may have let go of a name. */
  static boolean isNewGeneration(HasMetadata object, Long observed) {
    return observed != null && !observed.equals(object.getMetadata().getGeneration());
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "wakes");
    thread.setDaemon(true);
    return thread;
  }

  private static boolean isRefused(List<Condition> conditions) {
    return Conditions.find(conditions, ConditionType.Accepted)
        .filter(condition -> condition.status() == ConditionStatus.False)
        .isPresent();
  }

  private static <P extends HasMetadata> void wake(P object, SimpleInboundEventSource<P> events) {
    events.propagateEvent(ResourceID.fromResource(object));
  }
}
