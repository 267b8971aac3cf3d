package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.Sight;
import dev.clinicnet.operator.api.v1alpha1.AccountOperator;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.grant.AccountReport;
import dev.clinicnet.operator.grant.AccountWarnings;
import dev.clinicnet.operator.grant.AccountWriter;
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
import java.util.Optional;
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

  /** The longest age of what an account with its key in a Secret says about the key. */
  private static final Duration CHECKED = Duration.ofSeconds(5);

  private static final Verdict LISTING =
      Verdict.unknown(Reason.Pending, "The account is being listed.");

  private final AccountWriter writer;
  private final WatchedGrants grants;
  private final Accounts accounts;
  private final AccountKeys keys;
  private final Requeues requeues;
  private final Function<String, List<String>> warnings;
  private final InFlight inFlight;
  private final RefusedWrites refusals;
  private final Clock clock;
  private final UnansweredSpecs unanswered = new UnansweredSpecs();

  /**
   * A controller.
   *
   * @param writer decides whether this operator writes the status of an account
   * @param warnings what is wrong with an account at ngrok, by its name
   */
  AccountController(
      AccountWriter writer,
      WatchedGrants grants,
      Accounts accounts,
      AccountKeys keys,
      Requeues requeues,
      Function<String, List<String>> warnings,
      InFlight inFlight,
      RefusedWrites refusals,
      Clock clock) {
    this.writer = writer;
    this.grants = grants;
    this.accounts = accounts;
    this.keys = keys;
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
    Map<String, Map<String, String>> labels = grants.labels();
    AccountOperator self = writer.self(account, labels);
    if (writer.writes(account, self, unanswered.since(account, clock.instant()))) {
      write(account, self, labels, context);
    }
    return UpdateControl.<NgrokAccount>noUpdate()
        .rescheduleAfter(AccountKeys.hasRef(account) ? CHECKED : COUNTED);
  }

  private void write(
      NgrokAccount account,
      AccountOperator self,
      Map<String, Map<String, String>> labels,
      Context<NgrokAccount> context) {
    String name = account.getMetadata().getName();
    AccountManifests manifests = new AccountManifests(name, requeues);
    NgrokAccountStatus report =
        new AccountReport(
                labels, count(manifests.allClinics()), count(manifests.allServices()), self)
            .of(account, use(account), clock.instant());
    NgrokAccountStatus status = AccountWarnings.on(report, warnings.apply(name));
    if (!status.equals(account.getStatus())) {
      NgrokAccount fresh = new NgrokAccount();
      fresh.setMetadata(new ObjectMetaBuilder().withName(account.getMetadata().getName()).build());
      fresh.setStatus(status);
      new StatusWriter<>(account, context, inFlight).write(fresh);
    }
  }

  /** Empty for an account that has no key in a Secret. */
  private Optional<AccountReport.Use> use(NgrokAccount account) {
    return AccountKeys.hasRef(account)
        ? Optional.of(
            new AccountReport.Use(
                key(account),
                accounts
                    .find(account.getMetadata().getName())
                    .map(running -> listed(running.account().sight()))
                    .orElse(LISTING)))
        : Optional.empty();
  }

  private Verdict key(NgrokAccount account) {
    Verdict found = keys.verdict(account);
    return found.status() == ConditionStatus.True
        ? accounts
            .same()
            .older(account.getMetadata().getName())
            .map(older -> AccountKeys.ofSameAccount(account, older))
            .orElse(found)
        : found;
  }

  private static Verdict listed(Sight sight) {
    return sight
        .failure(Account.NEEDED)
        .map(unseen -> Verdict.no(unseen.reason(), unseen.text()))
        .orElseGet(
            () ->
                sight.isListed().isPresent()
                    ? Verdict.yes(Reason.Programmed, "ngrok lists the account.")
                    : LISTING);
  }

  private static Map<String, Integer> count(Stream<? extends HasMetadata> objects) {
    Map<String, Integer> counts = new HashMap<>();
    objects.forEach(o -> counts.merge(o.getMetadata().getNamespace(), 1, Integer::sum));
    return counts;
  }
}
