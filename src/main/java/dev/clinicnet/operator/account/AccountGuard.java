package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/**
 * Notices that the API key belongs to another account than the statuses name. Then nothing may be
 * written, because everything would be created a second time, or would look deleted.
 */
public final class AccountGuard {
  private static final int AT_LEAST = 5;
  private static final double SHARE = 0.2;

  private volatile Mismatch mismatch;
  private volatile boolean judged;
  private volatile String first;
  private volatile String present;
  private volatile Set<String> recorded = Set.of();

  /**
   * A mismatch between statuses and account.
   *
   * @param code the text that a person writes into the annotation to confirm exactly this mismatch
   */
  public record Mismatch(int missing, int known, String code) {}

  /**
   * Notes the account that the key belongs to, as ngrok says. The right ones are those that
   * statuses record, and the first one in the life of this process. In another one, a single
   * missing id is a mismatch.
   *
   * @param account null if ngrok does not say it
   */
  public void belongsTo(String account) {
    if (first == null) {
      first = account;
    }
    present = account;
  }

  /** The account that the key belongs to; empty if ngrok does not say it. */
  public Optional<String> account() {
    return Optional.ofNullable(present);
  }

  /** Notes the accounts that statuses record. They outlast this process. */
  public void records(Set<String> accounts) {
    recorded = Set.copyOf(accounts);
  }

  private boolean isAnother() {
    return present != null
        && (!present.equals(first) || !(recorded.isEmpty() || recorded.contains(present)));
  }

  /**
   * Compares the ids that statuses name with what was listed.
   *
   * @param ids the ids whose resource was listed
   * @param missing whether an id was not found, and was not created by this process since
   * @param complete whether all resources were listed; only then can a mismatch end
   */
  public void check(Collection<KnownID> ids, Predicate<KnownID> missing, boolean complete) {
    List<KnownID> lost = ids.stream().filter(missing).toList();
    boolean many = lost.size() >= AT_LEAST && lost.size() > ids.size() * SHARE;
    boolean wrong = many || (isAnother() && !lost.isEmpty());
    if (wrong) {
      mismatch = new Mismatch(lost.size(), ids.size(), code(lost));
    } else if (complete) {
      mismatch = null;
    }
    judged |= complete;
  }

  /** Whether a complete list was compared. Nothing may be decided before. */
  public boolean hasJudged() {
    return judged;
  }

  /** The mismatch; empty if there is none, or if the object's annotation confirms it. */
  public Optional<Mismatch> blocking(String confirmation) {
    return Optional.ofNullable(mismatch).filter(found -> !found.code().equals(confirmation));
  }

  private static String code(List<KnownID> missing) {
    CRC32 crc = new CRC32();
    new TreeSet<>(missing.stream().map(KnownID::id).toList())
        .forEach(id -> crc.update(id.getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(crc.getValue());
  }
}
