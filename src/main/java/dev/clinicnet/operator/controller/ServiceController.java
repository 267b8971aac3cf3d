package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.service.SeenClinic;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Drives the {@link ReconcileLoop} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinicservice",
    finalizerName = ServiceController.FINALIZER,
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class ServiceController extends KindController<ClinicService> {
  static final String FINALIZER = "clinicnet.dev/clinicservice";

  private final LoopDriver<ClinicService> driver;
  private final SimpleInboundEventSource<ClinicService> changes =
      new SimpleInboundEventSource<>("changes");
  private final Caches caches;

  ServiceController(
      LoopDriver<ClinicService> driver,
      Caches caches,
      InFlight inFlight,
      RefusedWrites refusals,
      AccountTime time) {
    super(FINALIZER, inFlight, refusals, time);
    this.driver = driver;
    this.caches = caches;
  }

  @Override
  public List<EventSource<?, ClinicService>> prepareEventSources(
      EventSourceContext<ClinicService> context) {
    driver.requeues().services(context.getPrimaryCache());
    caches.clinics().follow(SeenClinic::differs, clinic -> changed(caches.servicesOf(clinic)));
    caches.sessions().follow((now, before) -> true, this::sessionChanged);
    caches.referenced().follow(object -> changed(caches.servicesReferringTo(object)));
    List<EventSource<?, ClinicService>> sources = new ArrayList<>(caches.keepServices(context));
    sources.add(changes);
    sources.add(driver.requeues().serviceEvents());
    return sources;
  }

  @Override
  Outcome pass(ClinicService service, Context<ClinicService> context) {
    Long observed = ClinicServiceStatus.of(service).observedGeneration();
    return driver.pass(service, cluster(service, context), observed);
  }

  @Override
  Outcome deletion(ClinicService service, Context<ClinicService> context) {
    boolean deletes = ClinicServiceStatus.of(service).deletionPolicy() == DeletionPolicy.Delete;
    return driver.deletion(service, cluster(service, context), deletes, Optional.empty());
  }

  private JosdkCluster cluster(ClinicService service, Context<ClinicService> context) {
    StatusWriter<ClinicService> statuses = new StatusWriter<>(service, context, inFlight());
    return new JosdkCluster(
        context.getClient(),
        caches,
        fresh -> statuses.write((ClinicService) fresh),
        inFlight(),
        clock(),
        driver.accounts()::elsewhere);
  }

  private void changed(Collection<ClinicService> services) {
    services.stream().map(ResourceID::fromResource).forEach(changes::propagateEvent);
  }

  private void sessionChanged(ClinicSession session) {
    changes.propagateEvent(
        new ResourceID(
            session.getSpec().serviceRef().name(), session.getMetadata().getNamespace()));
  }
}
