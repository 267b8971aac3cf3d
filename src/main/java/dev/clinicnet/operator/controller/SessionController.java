package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.session.SessionReconciler;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.ArrayList;
import java.util.List;

/** Drives the {@link SessionReconciler} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinicsession",
    finalizerName = SessionController.FINALIZER,
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class SessionController extends KindController<ClinicSession> {
  static final String FINALIZER = "clinicnet.dev/clinicsession";

  private final SessionReconciler reconciler;
  private final SimpleInboundEventSource<ClinicSession> changes =
      new SimpleInboundEventSource<>("changes");
  private final Caches caches;

  SessionController(
      SessionReconciler reconciler,
      Caches caches,
      InFlight inFlight,
      RefusedWrites refusals,
      AccountTime time) {
    super(FINALIZER, inFlight, refusals, time);
    this.reconciler = reconciler;
    this.caches = caches;
  }

  @Override
  public List<EventSource<?, ClinicSession>> prepareEventSources(
      EventSourceContext<ClinicSession> context) {
    caches.services().follow((now, before) -> true, this::serviceChanged);
    List<EventSource<?, ClinicSession>> sources = new ArrayList<>(caches.keepSessions(context));
    sources.add(changes);
    return sources;
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
        caches.services().cache(),
        fresh -> statuses.write((ClinicSession) fresh),
        inFlight(),
        clock());
  }

  private void serviceChanged(ClinicService service) {
    caches.sessionsOf(service).stream()
        .map(ResourceID::fromResource)
        .forEach(changes::propagateEvent);
  }
}
