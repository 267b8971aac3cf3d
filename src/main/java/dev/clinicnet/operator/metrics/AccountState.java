package dev.clinicnet.operator.metrics;

import dev.clinicnet.operator.ngrok.Failure;
import java.util.Set;

/**
 * Whether ngrok has suspended the account, by its answers. It counts as suspended after two such
 * refusals in a row, because a single one may be a fault. Safe for threads.
 */
final class AccountState {
  /** The codes that say it: the account is suspended, unpaid, or not allowed to use the API. */
  static final Set<String> CODES =
      Set.of("ERR_NGROK_102", "ERR_NGROK_103", "ERR_NGROK_204", "ERR_NGROK_205", "ERR_NGROK_247");

  private static final int REFUSALS = 2;

  private int inARow;
  private boolean known;
  private boolean said;

  /**
   * A request was refused.
   *
   * @param code null if the answer had none
   */
  synchronized void refused(Failure failure, String code) {
    if (code != null && CODES.contains(code)) {
      known = true;
      inARow++;
    } else if (!KeyState.SILENT.contains(failure)) {
      answered();
    }
  }

  /** A request was carried out. */
  synchronized void answered() {
    known = true;
    inARow = 0;
  }

  /** What the platform says about the account itself. */
  synchronized void says(boolean suspended) {
    known = true;
    said = suspended;
  }

  /** 1 while the account is suspended, 0 while it is not, and NaN before the first answer. */
  synchronized double suspended() {
    return !known ? Double.NaN : said || inARow >= REFUSALS ? 1 : 0;
  }
}
