package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Orphans;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DeletionPolicy;
import dev.clinicnet.operator.api.v1alpha1.ServiceUserStatus;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
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
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Drives the {@link ReconcileLoop} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinic",
    finalizerName = ClinicController.FINALIZER,
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class ClinicController implements Reconciler<Clinic>, Cleaner<Clinic> {
  static final String FINALIZER = "clinicnet.dev/clinic";

  private static final String SITE_KITS = "clinicnet.dev/site-kit=true";
  private static final String AGENT_APIS = "clinicnet.dev/agent-api=true";
  private static final String CLINIC_OF_SECRET = "clinicnet.dev/clinic";

  private final ReconcileLoop<Clinic> reconciler;
  private final Requeues requeues;
  private final InFlight inFlight;
  private final boolean publishesDNS;
  private final RefusedWrites refusals;
  private final Orphans orphans;
  private final Function<String, Grant> grants;
  private final Clock clock;
  private Caches caches;
  private Optional<DNSEndpoints> dnsEndpoints = Optional.empty();

  /**
   * A controller.
   *
   * @param publishesDNS whether DNS records are published as DNSEndpoints
   */
  ClinicController(
      ReconcileLoop<Clinic> reconciler,
      Requeues requeues,
      InFlight inFlight,
      RefusedWrites refusals,
      Orphans orphans,
      Function<String, Grant> grants,
      boolean publishesDNS,
      Clock clock) {
    this.reconciler = reconciler;
    this.requeues = requeues;
    this.inFlight = inFlight;
    this.publishesDNS = publishesDNS;
    this.refusals = refusals;
    this.orphans = orphans;
    this.grants = grants;
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
    caches = new Caches(context.getPrimaryCache(), services, Optional.empty(), referenced, grants);
    requeues.clinics(context.getPrimaryCache());
    List<EventSource<?, Clinic>> sources = new ArrayList<>(referenced.eventSources());
    sources.addAll(List.of(services, siteKits, agentAPIs, requeues.clinicEvents()));
    if (publishesDNS) {
      WatchedDNSEndpoints watched = new WatchedDNSEndpoints(context, inFlight);
      dnsEndpoints = Optional.of(watched);
      sources.add(watched.eventSource());
    }
    return sources;
  }

  @Override
  public UpdateControl<Clinic> reconcile(Clinic clinic, Context<Clinic> context) {
    return inFlight.run(
        () -> refusals.pass(clinic, () -> pass(clinic, context)), UpdateControl.noUpdate());
  }

  @Override
  public DeleteControl cleanup(Clinic clinic, Context<Clinic> context) {
    return inFlight.run(
        () ->
            refusals.deletion(
                clinic, context.getClient(), FINALIZER, () -> deletion(clinic, context)),
        DeleteControl.noFinalizerRemoval());
  }

  private UpdateControl<Clinic> pass(Clinic clinic, Context<Clinic> context) {
    orphans.left(Owner.of(clinic));
    Outcome outcome = reconciler.reconcile(clinic, cluster(clinic, context));
    requeues.handedOver(clinic);
    if (outcome.freed()
        || Requeues.isNewGeneration(
            clinic, clinic.getStatus() == null ? null : clinic.getStatus().observedGeneration())) {
      requeues.refused();
    }
    return NextPass.after(outcome, clock);
  }

  private DeleteControl deletion(Clinic clinic, Context<Clinic> context) {
    Owner owner = Owner.of(clinic);
    if (clinic.getSpec().deletionPolicy() == DeletionPolicy.Delete
        && !Annotations.isAbandoned(clinic)) {
      orphans.leaves(
          owner,
          Optional.ofNullable(clinic.getStatus())
              .map(ClinicStatus::serviceUser)
              .map(ServiceUserStatus::id));
    } else {
      orphans.left(owner);
    }
    Outcome outcome = reconciler.cleanUp(clinic, cluster(clinic, context));
    if (outcome.freed()) {
      requeues.refused();
    }
    if (outcome.finished()) {
      orphans.left(owner);
    }
    return NextPass.afterDeletion(outcome, clock);
  }

  private JosdkCluster cluster(Clinic clinic, Context<Clinic> context) {
    return new JosdkCluster(
        context.getClient(),
        caches,
        fresh -> applyStatus(clinic, fresh, context),
        inFlight,
        clock,
        dnsEndpoints);
  }

  private static void applyStatus(Clinic clinic, HasMetadata fresh, Context<Clinic> context) {
    StatusWriter.write(clinic, (Clinic) fresh, context);
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
