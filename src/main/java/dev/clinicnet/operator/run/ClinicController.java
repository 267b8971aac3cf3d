package dev.clinicnet.operator.run;

import dev.clinicnet.operator.account.Outcome;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.clinic.ClinicReconciler;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.reference.Reference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Drives the {@link ClinicReconciler} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinic",
    finalizerName = "clinicnet.dev/clinic",
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class ClinicController implements Reconciler<Clinic>, Cleaner<Clinic> {
  private static final String SITE_KITS = "clinicnet.dev/site-kit=true";
  private static final String AGENT_APIS = "clinicnet.dev/agent-api=true";
  private static final String CLINIC_OF_SECRET = "clinicnet.dev/clinic";

  private final ClinicReconciler reconciler;
  private final Wakes wakes;
  private final Passes passes;
  private final boolean publishesDNS;
  private final Clock clock;
  private Caches caches;
  private Optional<DNSEndpoints> dnsEndpoints = Optional.empty();

  /**
   * A controller.
   *
   * @param publishesDNS whether DNS records are published as DNSEndpoints
   */
  ClinicController(
      ClinicReconciler reconciler, Wakes wakes, Passes passes, boolean publishesDNS, Clock clock) {
    this.reconciler = reconciler;
    this.wakes = wakes;
    this.passes = passes;
    this.publishesDNS = publishesDNS;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Clinic>> prepareEventSources(EventSourceContext<Clinic> context) {
    var services =
        new InformerEventSource<ClinicService, Clinic>(
            InformerEventSourceConfiguration.from(ClinicService.class, Clinic.class)
                .withName("services")
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(service -> Set.of(clinicOf(service)))
                .build(),
            context);
    var siteKits =
        new InformerEventSource<Secret, Clinic>(
            InformerEventSourceConfiguration.from(Secret.class, Clinic.class)
                .withName("site-kits")
                .withNamespacesInheritedFromController()
                .withLabelSelector(SITE_KITS)
                .withSecondaryToPrimaryMapper(ClinicController::clinicOf)
                .build(),
            context);
    var agentAPIs =
        new InformerEventSource<Secret, Clinic>(
            InformerEventSourceConfiguration.from(Secret.class, Clinic.class)
                .withName("agent-apis")
                .withNamespacesInheritedFromController()
                .withLabelSelector(AGENT_APIS)
                .withSecondaryToPrimaryMapper(ClinicController::clinicOf)
                .build(),
            context);
    var referenced = new ReferencedObjects<>(Clinic.class, context, this::referringTo);
    caches = new Caches(context.getPrimaryCache(), services, Optional.empty(), referenced);
    wakes.clinics(context.getPrimaryCache());
    List<EventSource<?, Clinic>> sources = new ArrayList<>(referenced.eventSources());
    sources.addAll(List.of(services, siteKits, agentAPIs, wakes.clinicEvents()));
    if (publishesDNS) {
      WatchedDNSEndpoints watched = new WatchedDNSEndpoints(context, passes);
      dnsEndpoints = Optional.of(watched);
      sources.add(watched.eventSource());
    }
    return sources;
  }

  @Override
  public UpdateControl<Clinic> reconcile(Clinic clinic, Context<Clinic> context) {
    return passes.run(() -> pass(clinic, context), UpdateControl.noUpdate());
  }

  @Override
  public DeleteControl cleanup(Clinic clinic, Context<Clinic> context) {
    return passes.run(() -> deletion(clinic, context), DeleteControl.noFinalizerRemoval());
  }

  private UpdateControl<Clinic> pass(Clinic clinic, Context<Clinic> context) {
    Outcome outcome = reconciler.reconcile(clinic, cluster(clinic, context));
    if (outcome.freed()
        || Wakes.isNewGeneration(
            clinic, clinic.getStatus() == null ? null : clinic.getStatus().observedGeneration())) {
      wakes.refused();
    }
    UpdateControl<Clinic> control = UpdateControl.noUpdate();
    outcome.wakeAt().ifPresent(when -> control.rescheduleAfter(Wakes.until(when, clock)));
    return control;
  }

  private DeleteControl deletion(Clinic clinic, Context<Clinic> context) {
    Outcome outcome = reconciler.cleanUp(clinic, cluster(clinic, context));
    if (outcome.freed()) {
      wakes.refused();
    }
    if (outcome.finished()) {
      return DeleteControl.defaultDelete();
    }
    Duration wait =
        outcome.wakeAt().map(when -> Wakes.until(when, clock)).orElse(Wakes.DELETION_CHECK);
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(wait);
  }

  private JosdkCluster cluster(Clinic clinic, Context<Clinic> context) {
    return new JosdkCluster(
        context.getClient(),
        caches,
        fresh -> applyStatus(clinic, fresh, context),
        passes,
        clock,
        dnsEndpoints);
  }

  private static void applyStatus(Clinic clinic, HasMetadata fresh, Context<Clinic> context) {
    PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(clinic, (Clinic) fresh, context);
  }

  /** The Clinics whose services refer to an object, since site kits hold what stands in it. */
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
