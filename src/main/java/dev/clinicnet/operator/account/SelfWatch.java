package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.ngrok.AccountSelf;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.List;
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
public final class SelfWatch extends ForwardingListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(SelfWatch.class);

  private final Supplier<Optional<AccountSelf>> question;
  private final Consumer<AccountSelf> told;
  private final AccountGuard guard;
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
    super(next);
    this.question = question;
    this.told = told;
    this.guard = guard;
  }

  /** The id of the account; empty if ngrok has not said it. */
  public Optional<String> id() {
    return Optional.ofNullable(last).map(AccountSelf::id);
  }

  /** 1 if ngrok keeps headers and bodies of requests, 0 if not, and NaN if it is not known. */
  public double fullCapture() {
    return number(last == null ? null : last.fullCapture());
  }

  private static double number(Boolean flag) {
    return flag == null ? Double.NaN : flag ? 1 : 0;
  }

  @Override
  public void listed(
      Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {
    if (complete && answers) {
      ask();
    }
    super.listed(resources, missing, complete);
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
    List<String> news = new ArrayList<>(warnings(said));
    news.removeAll(before == null ? List.of() : warnings(before));
    news.forEach(warning -> LOGGER.warn("The ngrok account {}: {}", said.id(), warning));
  }

  /** What is wrong with the account, as sentences without a full stop. */
  public List<String> warnings() {
    return last == null ? List.of() : warnings(last);
  }

  private static List<String> warnings(AccountSelf said) {
    List<String> warnings = new ArrayList<>();
    if (Boolean.TRUE.equals(said.suspended())) {
      warnings.add("ngrok says that the account is suspended: settle it with ngrok");
    }
    if (Boolean.TRUE.equals(said.fullCapture())) {
      warnings.add(
          "ngrok keeps headers and bodies of requests (full capture): turn it off in the ngrok"
              + " dashboard if they can hold patient data");
    }
    return warnings;
  }
}
