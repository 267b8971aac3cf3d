package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.ServiceUserStatus;
import dev.clinicnet.operator.clinic.SeenService;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.reference.Reference;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drives the {@link ReconcileLoop} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinic",
    finalizerName = ClinicController.FINALIZER,
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class ClinicController extends KindController<Clinic> {
  static final String FINALIZER = "clinicnet.dev/clinic";

  private final LoopDriver<Clinic> driver;
  private final SimpleInboundEventSource<Clinic> changes =
      new SimpleInboundEventSource<>("changes");
  private final Caches caches;
  private final boolean publishesDNS;
  private Optional<DNSEndpoints> dnsEndpoints = Optional.empty();

  /**
   * A controller.
   *
   * @param publishesDNS whether DNS records are published as DNSEndpoints
   */
  ClinicController(
      LoopDriver<Clinic> driver,
      Caches caches,
      boolean publishesDNS,
      InFlight inFlight,
      RefusedWrites refusals,
      AccountTime time) {
    super(FINALIZER, inFlight, refusals, time);
    this.driver = driver;
    this.caches = caches;
    this.publishesDNS = publishesDNS;
  }

  @Override
  public List<EventSource<?, Clinic>> prepareEventSources(EventSourceContext<Clinic> context) {
    driver.requeues().clinics(context.getPrimaryCache());
    caches.services().follow(SeenService::differs, this::serviceChanged);
    caches.referenced().follow(this::referencedChanged);
    List<EventSource<?, Clinic>> sources = new ArrayList<>(caches.keepClinics(context));
    sources.add(changes);
    sources.add(driver.requeues().clinicEvents());
    if (publishesDNS) {
      WatchedDNSEndpoints watched = new WatchedDNSEndpoints(context, inFlight());
      dnsEndpoints = Optional.of(watched);
      sources.add(watched.eventSource());
    }
    return sources;
  }

  @Override
  Outcome pass(Clinic clinic, Context<Clinic> context) {
    Long observed = ClinicStatus.of(clinic).observedGeneration();
    return driver.pass(clinic, cluster(clinic, context), observed);
  }

  @Override
  Outcome deletion(Clinic clinic, Context<Clinic> context) {
    boolean deletes = clinic.getSpec().deletionPolicy() == DeletionPolicy.Delete;
    Optional<String> serviceUser =
        Optional.ofNullable(ClinicStatus.of(clinic).serviceUser()).map(ServiceUserStatus::id);
    return driver.deletion(clinic, cluster(clinic, context), deletes, serviceUser);
  }

  private JosdkCluster cluster(Clinic clinic, Context<Clinic> context) {
    StatusWriter<Clinic> statuses = new StatusWriter<>(clinic, context, inFlight());
    return new JosdkCluster(
        context.getClient(),
        caches,
        fresh -> statuses.write((Clinic) fresh),
        inFlight(),
        clock(),
        driver.accounts()::elsewhere,
        dnsEndpoints);
  }

  /** Site kits have the content of what Clinics and their services refer to. */
  private void referencedChanged(Reference object) {
    caches
        .clinicsReferringTo(object)
        .forEach(clinic -> changes.propagateEvent(ResourceID.fromResource(clinic)));
    caches.servicesReferringTo(object).forEach(this::serviceChanged);
  }

  private void serviceChanged(ClinicService service) {
    changes.propagateEvent(
        new ResourceID(service.getSpec().clinicRef().name(), service.getMetadata().getNamespace()));
  }
}
