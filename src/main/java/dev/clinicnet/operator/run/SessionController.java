package dev.clinicnet.operator.run;

import dev.clinicnet.operator.account.Outcome;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.session.SessionReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Drives the {@link SessionReconciler} from the operator SDK's events. */
@ControllerConfiguration(
    name = "clinicsession",
    finalizerName = "clinicnet.dev/clinicsession",
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class SessionController implements Reconciler<ClinicSession>, Cleaner<ClinicSession> {
  private static final String BY_SERVICE = "service";

  private final SessionReconciler reconciler;
  private final Passes passes;
  private final Clock clock;
  private InformerEventSource<ClinicService, ClinicSession> services;
  private IndexerResourceCache<ClinicSession> sessions;

  SessionController(SessionReconciler reconciler, Passes passes, Clock clock) {
    this.reconciler = reconciler;
    this.passes = passes;
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
    return passes.run(() -> pass(session, context), UpdateControl.noUpdate());
  }

  @Override
  public DeleteControl cleanup(ClinicSession session, Context<ClinicSession> context) {
    return passes.run(() -> deletion(session, context), DeleteControl.noFinalizerRemoval());
  }

  private UpdateControl<ClinicSession> pass(ClinicSession session, Context<ClinicSession> context) {
    Outcome outcome = reconciler.reconcile(session, cluster(session, context));
    UpdateControl<ClinicSession> control = UpdateControl.noUpdate();
    outcome.wakeAt().ifPresent(when -> control.rescheduleAfter(Wakes.until(when, clock)));
    return control;
  }

  private DeleteControl deletion(ClinicSession session, Context<ClinicSession> context) {
    Outcome outcome = reconciler.cleanUp(session, cluster(session, context));
    if (outcome.finished()) {
      return DeleteControl.defaultDelete();
    }
    Duration wait =
        outcome.wakeAt().map(when -> Wakes.until(when, clock)).orElse(Wakes.DELETION_CHECK);
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(wait);
  }

  private JosdkSessionCluster cluster(ClinicSession session, Context<ClinicSession> context) {
    return new JosdkSessionCluster(
        context.getClient(),
        services,
        fresh -> applyStatus(session, fresh, context),
        passes,
        clock);
  }

  private static void applyStatus(
      ClinicSession session, HasMetadata fresh, Context<ClinicSession> context) {
    PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(
        session, (ClinicSession) fresh, context);
  }

  private Set<ResourceID> sessionsOf(ClinicService service) {
    String key =
        ClaimKeys.service(service.getMetadata().getNamespace(), service.getMetadata().getName());
    return sessions.byIndex(BY_SERVICE, key).stream()
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
