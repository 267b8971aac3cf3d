package dev.clinicnet.bench;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.Pace;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;

/** How many list pages the sweeps need that are due in a time. */
final class Sweeps {
  /** The operator's defaults. */
  static final Pace PACE = new Pace(Duration.ofMinutes(10), Duration.ofSeconds(30));

  /** How late a list may begin and end. */
  private static final Duration LATE = Duration.ofSeconds(15);

  private Sweeps() {}

  /** The requests for one list of everything in the account as it is now, with its own state. */
  static int round(World world) {
    return 1 + AccountLog.now(world).values().stream().mapToInt(Pace::pages).sum();
  }

  /**
   * The pages that are due. A list has as many as the account's objects make necessary while it is
   * read, which may be a little later than it is due.
   *
   * @param begun the begin, in the account's time
   * @param elapsed the time of the account that has passed
   */
  static Map<String, Integer> due(AccountLog log, Instant begun, Duration elapsed) {
    Map<String, Integer> due = new TreeMap<>();
    Instant end = begun.plus(elapsed);
    for (Resource<?, ?, ?> resource : Account.NEEDED) {
      boolean often =
          resource.equals(Resource.ENDPOINTS) || resource.equals(Resource.TUNNEL_SESSIONS);
      int sum = 0;
      // A time that is not a multiple of the interval may have one list more.
      for (Instant at = begun; at.isBefore(end); ) {
        NavigableSet<Instant> read = log.pages(resource, at, at.plus(LATE));
        Instant first = read.isEmpty() ? at : read.first();
        Instant last = read.isEmpty() ? at : read.last();
        int pages = Pace.pages(Math.max(log.objects(resource, first), log.objects(resource, last)));
        sum += pages;
        at = at.plus(often ? PACE.agents(resource, pages) : everything(log, at));
      }
      due.put("GET " + resource.path(), sum);
    }
    // Each complete list asks also what the account itself is like.
    due.put(
        "GET self", (int) Math.ceil(1.0 * elapsed.toMillis() / PACE.driftInterval().toMillis()));
    return due;
  }

  /** The time from one list of everything to the next, with what the account has at a moment. */
  private static Duration everything(AccountLog log, Instant at) {
    return PACE.everything(
        Account.NEEDED.stream().mapToInt(resource -> Pace.pages(log.objects(resource, at))).sum(),
        Pace.pages(log.objects(Resource.ENDPOINTS, at)));
  }
}
