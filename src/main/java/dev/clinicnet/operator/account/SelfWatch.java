package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.ngrok.AccountSelf;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.EnumSet;
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
 * suspended, and whether ngrok keeps whole requests. A platform that does not have the question is
 * asked again only with another key. What ngrok no longer says is not kept.
 */
public final class SelfWatch extends ForwardingListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(SelfWatch.class);

  /** After these, the earlier answer may still be true. */
  private static final Set<Failure> SILENT =
      EnumSet.of(Failure.UNAVAILABLE, Failure.THROTTLED, Failure.WAITING, Failure.NOT_LEADING);

  private final Supplier<Optional<AccountSelf>> question;
  private final Supplier<String> key;
  private final Consumer<AccountSelf> told;
  private final AccountGuard guard;
  private volatile AccountSelf last;

  /** The key with which the platform did not have the question; null for none. */
  private String unanswered;

  /**
   * A watch that has asked nothing yet.
   *
   * @param question asks the platform; empty if the platform does not have the question
   * @param key the present API key; null or blank while there is none
   * @param told hears of each answer
   * @param guard is told whose account it is
   * @param next hears of the lists afterwards
   */
  public SelfWatch(
      Supplier<Optional<AccountSelf>> question,
      Supplier<String> key,
      Consumer<AccountSelf> told,
      AccountGuard guard,
      SweepListener next) {
    super(next);
    this.question = question;
    this.key = key;
    this.told = told;
    this.guard = guard;
  }

  /** The id of the account; empty if ngrok has not said it. */
  public Optional<String> id() {
    return Optional.ofNullable(last).map(AccountSelf::id);
  }

  /** 1 if ngrok keeps headers and bodies of requests, 0 if not, and NaN if it is not known. */
  public double fullCapture() {
    AccountSelf said = last;
    return number(said == null ? null : said.fullCapture());
  }

  private static double number(Boolean flag) {
    return flag == null ? Double.NaN : flag ? 1 : 0;
  }

  @Override
  public void listed(
      Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {
    if (complete) {
      ask();
    }
    super.listed(resources, missing, complete);
  }

  private void ask() {
    String present = key.get();
    if (unanswered != null && unanswered.equals(present)) {
      return;
    }
    try {
      Optional<AccountSelf> said = question.get();
      unanswered = said.isPresent() ? null : present;
      said.ifPresentOrElse(this::take, this::forget);
    } catch (NgrokException e) {
      if (!SILENT.contains(e.failure())) {
        forget();
      }
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

  private void forget() {
    AccountSelf before = last;
    last = null;
    guard.belongsTo(null);
    if (before != null && Boolean.TRUE.equals(before.suspended())) {
      told.accept(new AccountSelf(before.id(), false, null));
    }
  }

  /** What is wrong with the account, as sentences without a full stop. */
  public List<String> warnings() {
    AccountSelf said = last;
    return said == null ? List.of() : warnings(said);
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
