package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.session.SessionReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Drives the {@link SessionReconciler} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinicsession",
    finalizerName = SessionController.FINALIZER,
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class SessionController implements Reconciler<ClinicSession>, Cleaner<ClinicSession> {
  static final String FINALIZER = "clinicnet.dev/clinicsession";

  private static final String BY_SERVICE = "service";

  private final SessionReconciler reconciler;
  private final InFlight inFlight;
  private final RefusedWrites refusals;
  private final Clock clock;
  private InformerEventSource<ClinicService, ClinicSession> services;
  private IndexerResourceCache<ClinicSession> sessions;

  SessionController(
      SessionReconciler reconciler, InFlight inFlight, RefusedWrites refusals, Clock clock) {
    this.reconciler = reconciler;
    this.inFlight = inFlight;
    this.refusals = refusals;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ClinicSession>> prepareEventSources(
      EventSourceContext<ClinicSession> context) {
    sessions = context.getPrimaryCache();
    sessions.addIndexer(BY_SERVICE, ClaimKeys::of);
    services =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(ClinicService.class, ClinicSession.class)
                .withName("services")
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(this::sessionsOf)
                .build(),
            context);
    return List.of(services);
  }

  @Override
  public UpdateControl<ClinicSession> reconcile(
      ClinicSession session, Context<ClinicSession> context) {
    return inFlight.run(
        () -> refusals.pass(session, () -> pass(session, context)), UpdateControl.noUpdate());
  }

  @Override
  public DeleteControl cleanup(ClinicSession session, Context<ClinicSession> context) {
    return inFlight.run(
        () ->
            refusals.deletion(
                session, context.getClient(), FINALIZER, () -> deletion(session, context)),
        DeleteControl.noFinalizerRemoval());
  }

  private UpdateControl<ClinicSession> pass(ClinicSession session, Context<ClinicSession> context) {
    Outcome outcome = reconciler.reconcile(session, cluster(session, context));
    return NextPass.after(outcome, clock);
  }

  private DeleteControl deletion(ClinicSession session, Context<ClinicSession> context) {
    Outcome outcome = reconciler.cleanUp(session, cluster(session, context));
    return NextPass.afterDeletion(outcome, clock);
  }

  private JosdkSessionCluster cluster(ClinicSession session, Context<ClinicSession> context) {
    return new JosdkSessionCluster(
        context.getClient(),
        services,
        fresh -> applyStatus(session, fresh, context),
        inFlight,
        clock);
  }

  private static void applyStatus(
      ClinicSession session, HasMetadata fresh, Context<ClinicSession> context) {
    StatusWriter.write(session, (ClinicSession) fresh, context);
  }

  private Set<ResourceID> sessionsOf(ClinicService service) {
    String key =
        ClaimKeys.service(service.getMetadata().getNamespace(), service.getMetadata().getName());
    return sessions.byIndex(BY_SERVICE, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
