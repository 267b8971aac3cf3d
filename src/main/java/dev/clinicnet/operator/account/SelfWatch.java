package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.AccountSelf;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks with each complete list what the account itself is like: whose it is, whether it is
 * suspended, and whether ngrok keeps whole requests. If the platform does not say it, it is not
 * asked again.
 */
public final class SelfWatch implements SweepListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(SelfWatch.class);

  private final Supplier<Optional<AccountSelf>> question;
  private final Consumer<AccountSelf> told;
  private final AccountGuard guard;
  private final SweepListener next;
  private volatile AccountSelf last;
  private boolean answers = true;

  /**
   * A watch that has asked nothing yet.
   *
   * @param question asks the platform; empty if the platform does not say it
   * @param told hears of each answer
   * @param guard is told whose account it is
   * @param next hears of the lists afterwards
   */
  public SelfWatch(
      Supplier<Optional<AccountSelf>> question,
      Consumer<AccountSelf> told,
      AccountGuard guard,
      SweepListener next) {
    this.question = question;
    this.told = told;
    this.guard = guard;
    this.next = next;
  }

  /** 1 if ngrok keeps headers and bodies of requests, 0 if not, and NaN if it is not known. */
  public double fullCapture() {
    return number(last == null ? null : last.fullCapture());
  }

  private static double number(Boolean flag) {
    return flag == null ? Double.NaN : flag ? 1 : 0;
  }

  @Override
  public void begins() {
    next.begins();
  }

  @Override
  public void listed(
      Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {
    if (complete && answers) {
      ask();
    }
    next.listed(resources, missing, complete);
  }

  private void ask() {
    try {
      Optional<AccountSelf> said = question.get();
      answers = said.isPresent();
      said.ifPresent(this::take);
    } catch (NgrokException e) {
      LOGGER.debug("The account itself is asked again with the next list: {}", e.logText());
    }
  }

  private void take(AccountSelf said) {
    AccountSelf before = last;
    last = said;
    told.accept(said);
    guard.belongsTo(said.id());
    if (Boolean.TRUE.equals(said.suspended())
        && (before == null || !Objects.equals(before.suspended(), said.suspended()))) {
      LOGGER.warn("ngrok says that the account {} is suspended: settle it with ngrok", said.id());
    }
    if (Boolean.TRUE.equals(said.fullCapture())
        && (before == null || !Objects.equals(before.fullCapture(), said.fullCapture()))) {
      LOGGER.warn(
          "ngrok keeps headers and bodies of requests of the account {} (full capture):"
              + " turn it off in the ngrok dashboard if they can hold patient data",
          said.id());
    }
  }

  @Override
  public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {
    next.swept(changed, waiters, complete);
  }

  @Override
  public boolean expectsRevocations() {
    return next.expectsRevocations();
  }

  @Override
  public void failed(NgrokException failure) {
    next.failed(failure);
  }
}
