package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import dev.clinicnet.operator.grant.AccountReport;
import dev.clinicnet.operator.grant.AccountWarnings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Keeps the statuses of NgrokAccounts. */
@ControllerConfiguration(
    name = "ngrokaccount",
    fieldManager = ClinicOperator.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = RelevantUpdate.class))
final class AccountController implements Reconciler<NgrokAccount> {
  /** The longest age of the counts. */
  private static final Duration COUNTED = Duration.ofSeconds(30);

  private final WatchedGrants grants;
  private final Requeues requeues;
  private final Function<String, List<String>> warnings;
  private final InFlight inFlight;
  private final RefusedWrites refusals;
  private final Clock clock;

  /**
   * A controller.
   *
   * @param warnings what is wrong with an account at ngrok, by its name
   */
  AccountController(
      WatchedGrants grants,
      Requeues requeues,
      Function<String, List<String>> warnings,
      InFlight inFlight,
      RefusedWrites refusals,
      Clock clock) {
    this.grants = grants;
    this.requeues = requeues;
    this.warnings = warnings;
    this.inFlight = inFlight;
    this.refusals = refusals;
    this.clock = clock;
  }

  @Override
  public UpdateControl<NgrokAccount> reconcile(
      NgrokAccount account, Context<NgrokAccount> context) {
    return inFlight.run(
        () -> refusals.pass(account, () -> pass(account, context)), UpdateControl.noUpdate());
  }

  private UpdateControl<NgrokAccount> pass(NgrokAccount account, Context<NgrokAccount> context) {
    NgrokAccountStatus report =
        new AccountReport(
                grants.labels(), count(requeues.allClinics()), count(requeues.allServices()))
            .of(account, clock.instant());
    NgrokAccountStatus status =
        AccountWarnings.on(report, warnings.apply(account.getMetadata().getName()));
    if (!status.equals(account.getStatus())) {
      NgrokAccount fresh = new NgrokAccount();
      fresh.setMetadata(new ObjectMetaBuilder().withName(account.getMetadata().getName()).build());
      fresh.setStatus(status);
      new StatusWriter<>(account, context, inFlight).write(fresh);
    }
    return UpdateControl.<NgrokAccount>noUpdate().rescheduleAfter(COUNTED);
  }

  private static Map<String, Integer> count(Stream<? extends HasMetadata> objects) {
    Map<String, Integer> counts = new HashMap<>();
    objects.forEach(o -> counts.merge(o.getMetadata().getNamespace(), 1, Integer::sum));
    return counts;
  }
}
