package dev.clinicnet.operator.condition;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says that what depends on the account's lists is not known any more. Such a condition also says
 * what was seen last, for people to know. When the account can be listed again, the operator
 * reports only what is different.
 *
 * @param since the time at which the account was seen last
 * @param why why the account cannot be seen, and what to do
 */
public record Unseen(Reason reason, Instant since, String why) {
  private static final Set<Reason> REASONS =
      EnumSet.of(
          Reason.APIKeyRejected,
          Reason.PlatformUnavailable,
          Reason.InventoryStale,
          Reason.AccountNotFound,
          Reason.OtherAccount);

  /** The conditions that follow from the manifest, or from Kubernetes. */
  private static final Set<Reason> NOT_FROM_LISTS =
      EnumSet.of(Reason.NoDomains, Reason.DNSEndpointNotWritten, Reason.StartedOnDemand);

  private static final Pattern LAST_SEEN =
      Pattern.compile("^Not known since \\S+, last seen as (\\w+): ");

  /**
   * The words before the text about a correction, which must outlast the time in which the account
   * cannot be seen.
   */
  private static final String SAID = " It said before: ";

  /** The longest last text. It leaves room for the reason why the account cannot be seen. */
  private static final int LONGEST_SAID = 600;

  /** Whether a condition says that the account cannot be seen. */
  public static boolean isSaidBy(Condition condition) {
    return condition.status() == ConditionStatus.Unknown
        && REASONS.stream().anyMatch(reason -> reason.name().equals(condition.reason()));
  }

  /** Whether a verdict says that the account cannot be seen. */
  public static boolean isSaidBy(Verdict verdict) {
    return verdict.status() == ConditionStatus.Unknown && REASONS.contains(verdict.reason());
  }

  /**
   * The reason that a condition had when the account was seen last. It is the present reason if the
   * account is seen now, and empty if it was never seen.
   */
  public static Optional<String> lastReason(Condition condition) {
    if (!isSaidBy(condition)) {
      return Optional.of(condition.reason());
    }
    Matcher matcher = LAST_SEEN.matcher(condition.message());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * What a condition says about corrected drift, or said before the account became unseen; empty
   * when it says nothing about it.
   */
  public static Optional<String> correction(Condition condition) {
    if (condition.reason().equals(Reason.DriftCorrected.name())) {
      return Optional.of(condition.message());
    }
    int said = condition.message().indexOf(SAID);
    return isSaidBy(condition)
            && said >= 0
            && lastReason(condition).filter(Reason.DriftCorrected.name()::equals).isPresent()
        ? Optional.of(condition.message().substring(said + SAID.length()))
        : Optional.empty();
  }

  /** Whether a verdict must not be claimed while this lasts. */
  static boolean concerns(ConditionType type, Verdict verdict) {
    boolean stands = type == ConditionType.Programmed && verdict.status() == ConditionStatus.False;
    return !stands && !NOT_FROM_LISTS.contains(verdict.reason());
  }

  /**
   * The verdict on a condition about which nothing new is known.
   *
   * @param before the present conditions of the status
   */
  public Verdict verdict(List<Condition> before, ConditionType type) {
    return verdict(before, type, Optional.empty());
  }

  /**
   * The verdict on a condition. A condition that already says this keeps its text, which is that of
   * the beginning.
   *
   * @param before the present conditions of the status
   * @param found the verdict without this; it may have the text about a correction that was just
   *     made, which is known only here
   */
  Verdict verdict(List<Condition> before, ConditionType type, Optional<Verdict> found) {
    Optional<Condition> old = Conditions.find(before, type);
    Optional<String> corrected =
        found
            .filter(verdict -> verdict.reason() == Reason.DriftCorrected)
            .map(Verdict::message)
            .or(() -> old.flatMap(Unseen::correction))
            .map(Unseen::shortened);
    return old.filter(Unseen::isSaidBy)
        .filter(condition -> condition.reason().equals(reason.name()))
        .filter(condition -> condition.message().endsWith(corrected.orElse("")))
        .map(condition -> Verdict.unknown(reason, condition.message()))
        .orElseGet(
            () ->
                corrected
                    .map(
                        said ->
                            Verdict.unknown(
                                reason,
                                message(Optional.of(Reason.DriftCorrected.name())) + SAID + said))
                    .orElseGet(
                        () -> Verdict.unknown(reason, message(old.flatMap(Unseen::lastReason)))));
  }

  private static String shortened(String said) {
    return said.length() <= LONGEST_SAID ? said : said.substring(0, LONGEST_SAID - 1) + "…";
  }

  /** What a condition says that was never seen otherwise. */
  public String text() {
    return message(Optional.empty());
  }

  private String message(Optional<String> last) {
    return "Not known since "
        + since.truncatedTo(ChronoUnit.SECONDS)
        + last.map(", last seen as "::concat).orElse("")
        + ": "
        + why
        + ".";
  }
}
