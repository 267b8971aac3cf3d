package dev.clinicnet.operator.controller;

import dev.clinicnet.operator.account.Orphans;
import dev.clinicnet.operator.agent.AgentFacts;
import dev.clinicnet.operator.agent.AgentObserver;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.certificate.ExpiryObserver;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.HomeAccount;
import dev.clinicnet.operator.reconcile.AccountRefusal;
import dev.clinicnet.operator.reconcile.Outcome;
import dev.clinicnet.operator.reconcile.ReconcileLoop;
import dev.clinicnet.operator.reconcile.Urgency;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends the objects of a kind through the {@link ReconcileLoop} of their account. A pass that
 * releases a name requeues the objects that wait for it. While an object is being deleted, {@link
 * Orphans} knows that its objects at ngrok are deleted with it. If an object's account cannot be
 * used, nothing is done, and the object says so.
 *
 * @param home the account of an object
 * @param loops the loop of the kind in an account
 */
record LoopDriver<P extends HasMetadata>(
    Accounts accounts,
    Function<RunningAccount, ReconcileLoop<P>> loops,
    Home<P> home,
    Requeues requeues,
    Clock clock) {
  /** An object that waits for room looks again after this, for the case that its call is lost. */
  private static final Duration CALL_IS_LOST = Duration.ofMinutes(5);

  /** Where the objects of a kind belong. */
  interface Home<P> {
    /** The name of the account of an object. */
    String account(P object, Cluster cluster);

    /** Why the object may not be in its account; empty if it may. */
    Optional<AccountRefusal> refusal(P object, Cluster cluster);

    /** Whether there may be something at ngrok for an object, in an account that is not there. */
    boolean mayHaveSomething(P object);

    /** Forgets what is in memory about an object that is gone, besides what its account has. */
    void forget(P object);

    /** Reports that the account cannot be used. */
    void report(AccountRefusal refusal, P object, Cluster cluster);
  }

  /** A driver for Clinics. */
  static LoopDriver<Clinic> ofClinics(
      Accounts accounts, Requeues requeues, AgentObserver agents, Clock clock) {
    return new LoopDriver<>(
        accounts,
        RunningAccount::clinics,
        new Home<>() {
          @Override
          public String account(Clinic clinic, Cluster cluster) {
            return clinic.getSpec().account();
          }

          @Override
          public Optional<AccountRefusal> refusal(Clinic clinic, Cluster cluster) {
            return Optional.empty();
          }

          @Override
          public boolean mayHaveSomething(Clinic clinic) {
            return HomeAccount.mayHaveSomething(clinic);
          }

          @Override
          public void forget(Clinic clinic) {
            agents.forget(clinic.getMetadata().getNamespace(), clinic.getMetadata().getName());
          }

          @Override
          public void report(AccountRefusal refusal, Clinic clinic, Cluster cluster) {
            agents.observed(
                clinic.getMetadata().getNamespace(),
                clinic.getMetadata().getName(),
                AgentFacts.unseen(Annotations.isQuarantined(clinic)));
            refusal.report(clinic, cluster, clock.instant());
          }
        },
        requeues,
        clock);
  }

  /** A driver for services. */
  static LoopDriver<ClinicService> ofServices(
      Accounts accounts, Requeues requeues, ExpiryObserver certificates, Clock clock) {
    return new LoopDriver<>(
        accounts,
        RunningAccount::services,
        new Home<>() {
          @Override
          public String account(ClinicService service, Cluster cluster) {
            return HomeAccount.of(service, clinic(service, cluster));
          }

          @Override
          public Optional<AccountRefusal> refusal(ClinicService service, Cluster cluster) {
            String present = account(service, cluster);
            return clinic(service, cluster)
                .filter(clinic -> !clinic.getSpec().account().equals(present))
                .map(
                    clinic ->
                        AccountRefusal.moved(
                            clinic.getMetadata().getName(), clinic.getSpec().account(), present));
          }

          @Override
          public boolean mayHaveSomething(ClinicService service) {
            return HomeAccount.mayHaveSomething(service);
          }

          @Override
          public void forget(ClinicService service) {
            certificates.forget(
                service.getMetadata().getNamespace(), service.getMetadata().getName());
          }

          @Override
          public void report(AccountRefusal refusal, ClinicService service, Cluster cluster) {
            refusal.report(service, cluster, clock.instant());
          }

          private Optional<Clinic> clinic(ClinicService service, Cluster cluster) {
            return cluster.clinic(
                service.getMetadata().getNamespace(), service.getSpec().clinicRef().name());
          }
        },
        requeues,
        clock);
  }

  /**
   * Makes one pass over an object that is not being deleted.
   *
   * @param observed the generation that its status is about; null when it has none
   */
  Outcome pass(P object, Cluster cluster, Long observed) {
    String name = home.account(object, cluster);
    Optional<RunningAccount> account = accounts.find(name);
    Optional<AccountRefusal> refusal =
        account.isEmpty()
            ? Optional.of(AccountRefusal.notFound(name))
            : home.refusal(object, cluster);
    if (refusal.isPresent()) {
      home.report(refusal.get(), object, cluster);
      return Outcome.waiting(Optional.empty(), false);
    }
    return inRoom(
        object, cluster, account.get(), () -> pass(object, cluster, observed, account.get()));
  }

  private Outcome pass(P object, Cluster cluster, Long observed, RunningAccount account) {
    account.orphans().left(Owner.of(object));
    Outcome outcome = loops.apply(account).reconcile(object, cluster);
    requeues.handedOver(object);
    boolean isChanged = observed != null && !observed.equals(object.getMetadata().getGeneration());
    // A changed manifest may have released a name.
    if (outcome.freed() || isChanged) {
      requeues.refused();
    }
    return outcome;
  }

  /**
   * Makes one pass over an object that is being deleted.
   *
   * @param deletes whether its objects at ngrok are deleted with it
   * @param serviceUser the id of its service user; empty when it has none
   */
  Outcome deletion(P object, Cluster cluster, boolean deletes, Optional<String> serviceUser) {
    String name = home.account(object, cluster);
    Optional<RunningAccount> account = accounts.find(name);
    if (account.isPresent()) {
      if (Annotations.isAbandoned(object)) {
        return deletion(object, cluster, deletes, serviceUser, account.get());
      }
      return inRoom(
          object,
          cluster,
          account.get(),
          () -> deletion(object, cluster, deletes, serviceUser, account.get()));
    }
    if (Annotations.isAbandoned(object) || !home.mayHaveSomething(object)) {
      home.forget(object);
      return Outcome.deleted();
    }
    home.report(AccountRefusal.notFound(name), object, cluster);
    return Outcome.waiting(Optional.empty(), false);
  }

  private Outcome deletion(
      P object,
      Cluster cluster,
      boolean deletes,
      Optional<String> serviceUser,
      RunningAccount account) {
    Owner owner = Owner.of(object);
    Orphans orphans = account.orphans();
    if (deletes && !Annotations.isAbandoned(object)) {
      orphans.leaves(owner, serviceUser);
    } else {
      orphans.left(owner);
    }
    Outcome outcome = loops.apply(account).cleanUp(object, cluster);
    if (outcome.freed()) {
      requeues.refused();
    }
    if (outcome.finished()) {
      orphans.left(owner);
    }
    return outcome;
  }

  private Outcome inRoom(
      P object, Cluster cluster, RunningAccount account, Supplier<Outcome> pass) {
    Urgency urgency = loops.apply(account).urgency(object, cluster);
    return account
        .room()
        .run(Owner.of(object), urgency, pass)
        .orElseGet(() -> Outcome.waiting(Optional.of(clock.instant().plus(CALL_IS_LOST)), false));
  }
}
