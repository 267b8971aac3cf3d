package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.session.SessionReconciler;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
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
final class SessionController extends KindController<ClinicSession> {
  static final String FINALIZER = "clinicnet.dev/clinicsession";

  private static final String BY_SERVICE = "service";

  private final SessionReconciler reconciler;
  private InformerEventSource<ClinicService, ClinicSession> services;
  private IndexerResourceCache<ClinicSession> sessions;

  SessionController(
      SessionReconciler reconciler, InFlight inFlight, RefusedWrites refusals, AccountTime time) {
    super(FINALIZER, inFlight, refusals, time);
    this.reconciler = reconciler;
  }

  @Override
  public List<EventSource<?, ClinicSession>> prepareEventSources(
      EventSourceContext<ClinicSession> context) {
    sessions = context.getPrimaryCache();
    sessions.addIndexer(BY_SERVICE, ClaimKeys::of);
    services =
        new InformerEventSource<>(
            Watched.as("services", ClinicService.class, ClinicSession.class)
                .withSecondaryToPrimaryMapper(this::sessionsOf)
                .build(),
            context);
    return List.of(services);
  }

  @Override
  Outcome pass(ClinicSession session, Context<ClinicSession> context) {
    return reconciler.reconcile(session, cluster(session, context));
  }

  @Override
  Outcome deletion(ClinicSession session, Context<ClinicSession> context) {
    return reconciler.cleanUp(session, cluster(session, context));
  }

  private JosdkSessionCluster cluster(ClinicSession session, Context<ClinicSession> context) {
    StatusWriter<ClinicSession> statuses = new StatusWriter<>(session, context, inFlight());
    return new JosdkSessionCluster(
        context.getClient(),
        services,
        fresh -> statuses.write((ClinicSession) fresh),
        inFlight(),
        clock());
  }

  private Set<ResourceID> sessionsOf(ClinicService service) {
    String key =
        ClaimKeys.service(service.getMetadata().getNamespace(), service.getMetadata().getName());
    return sessions.byIndex(BY_SERVICE, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
