package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.ServiceUserStatus;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.reference.Reference;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Drives the {@link ReconcileLoop} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinic",
    finalizerName = ClinicController.FINALIZER,
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class ClinicController extends KindController<Clinic> {
  static final String FINALIZER = "clinicnet.dev/clinic";

  private static final String SITE_KITS = "clinicnet.dev/site-kit=true";
  private static final String AGENT_APIS = "clinicnet.dev/agent-api=true";
  private static final String CLINIC_OF_SECRET = "clinicnet.dev/clinic";

  private final LoopDriver<Clinic> driver;
  private final BiFunction<String, String, Grant> grants;
  private final boolean publishesDNS;
  private Caches caches;
  private Optional<DNSEndpoints> dnsEndpoints = Optional.empty();

  /**
   * A controller.
   *
   * @param publishesDNS whether DNS records are published as DNSEndpoints
   */
  ClinicController(
      LoopDriver<Clinic> driver,
      BiFunction<String, String, Grant> grants,
      boolean publishesDNS,
      InFlight inFlight,
      RefusedWrites refusals,
      AccountTime time) {
    super(FINALIZER, inFlight, refusals, time);
    this.driver = driver;
    this.grants = grants;
    this.publishesDNS = publishesDNS;
  }

  @Override
  public List<EventSource<?, Clinic>> prepareEventSources(EventSourceContext<Clinic> context) {
    var services =
        new InformerEventSource<ClinicService, Clinic>(
            Watched.as("services", ClinicService.class, Clinic.class)
                .withSecondaryToPrimaryMapper(service -> Set.of(clinicOf(service)))
                .build(),
            context);
    var referenced = new ReferencedObjects<>(Clinic.class, context, this::referringTo);
    caches = new Caches(context.getPrimaryCache(), services, Optional.empty(), referenced, grants);
    driver.requeues().clinics(context.getPrimaryCache());
    List<EventSource<?, Clinic>> sources = new ArrayList<>(referenced.eventSources());
    sources.add(services);
    sources.add(secrets("site-kits", SITE_KITS, context));
    sources.add(secrets("agent-apis", AGENT_APIS, context));
    sources.add(driver.requeues().clinicEvents());
    if (publishesDNS) {
      WatchedDNSEndpoints watched = new WatchedDNSEndpoints(context, inFlight());
      dnsEndpoints = Optional.of(watched);
      sources.add(watched.eventSource());
    }
    return sources;
  }

  private static EventSource<?, Clinic> secrets(
      String name, String label, EventSourceContext<Clinic> context) {
    return new InformerEventSource<Secret, Clinic>(
        Watched.as(name, Secret.class, Clinic.class)
            .withLabelSelector(label)
            .withSecondaryToPrimaryMapper(ClinicController::clinicOf)
            .build(),
        context);
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

  /** The Clinics whose services refer to an object, because site kits have its content. */
  private Set<ResourceID> referringTo(Reference object) {
    return caches.servicesReferringTo(object).stream()
        .map(ClinicController::clinicOf)
        .collect(Collectors.toSet());
  }

  private static ResourceID clinicOf(ClinicService service) {
    return new ResourceID(
        service.getSpec().clinicRef().name(), service.getMetadata().getNamespace());
  }

  private static Set<ResourceID> clinicOf(Secret secret) {
    String clinic =
        secret.getMetadata().getAnnotations() == null
            ? null
            : secret.getMetadata().getAnnotations().get(CLINIC_OF_SECRET);
    return clinic == null || !clinic.contains("/")
        ? Set.of()
        : Set.of(
            new ResourceID(
                clinic.substring(clinic.indexOf('/') + 1),
                clinic.substring(0, clinic.indexOf('/'))));
  }
}
