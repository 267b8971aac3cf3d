package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RequestObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Counts the requests to ngrok in each of the last minutes, in memory. */
public final class BudgetHistory implements RequestObserver {
  /** How far back it goes. */
  static final Duration REACH = Duration.ofHours(6);

  private static final int MINUTES = (int) REACH.toMinutes();

  /**
   * One minute.
   *
   * @param closing requests that take access away
   * @param changes requests for changes
   * @param sweeps requests that list the account
   * @param refused requests that ngrok refused because there were too many
   * @param longestWait how long a request had waited for its turn
   */
  record Minute(
      Instant start, int closing, int changes, int sweeps, int refused, Duration longestWait) {

    /** A minute without requests. */
    static Minute empty(Instant start) {
      return new Minute(start, 0, 0, 0, 0, Duration.ZERO);
    }

    /** All requests. */
    int sent() {
      return closing + changes + sweeps;
    }

    Minute with(Lane lane, Duration wait) {
      boolean away = lane.takesAway();
      boolean lists = lane == Lane.SWEEP;
      return new Minute(
          start,
          closing + (away ? 1 : 0),
          changes + (away || lists ? 0 : 1),
          sweeps + (lists ? 1 : 0),
          refused,
          wait.compareTo(longestWait) > 0 ? wait : longestWait);
    }

    Minute withRefusal() {
      return new Minute(start, closing, changes, sweeps, refused + 1, longestWait);
    }
  }

  private final Clock clock;
  private final Instant begun;
  private final Minute[] ring = new Minute[MINUTES];

  /** An empty history. */
  public BudgetHistory(Clock clock) {
    this.clock = clock;
    this.begun = clock.instant();
  }

  /** When it began. */
  Instant begun() {
    return begun;
  }

  @Override
  public synchronized void waited(Lane lane, Duration wait) {
    Minute now = at(minute());
    ring[slot(now.start())] = now.with(lane, wait);
  }

  @Override
  public synchronized void requested(
      String resource, String method, Failure failure, Duration took) {
    if (failure == Failure.THROTTLED) {
      Minute now = at(minute());
      ring[slot(now.start())] = now.withRefusal();
    }
  }

  /** The last minutes, the oldest first. The present one is the last. */
  synchronized List<Minute> last(int minutes) {
    Instant now = minute();
    List<Minute> answer = new ArrayList<>();
    for (int ago = Math.min(minutes, MINUTES) - 1; ago >= 0; ago--) {
      answer.add(at(now.minus(ago, ChronoUnit.MINUTES)));
    }
    return answer;
  }

  private Minute at(Instant start) {
    Minute stored = ring[slot(start)];
    return stored != null && stored.start().equals(start) ? stored : Minute.empty(start);
  }

  private Instant minute() {
    return clock.instant().truncatedTo(ChronoUnit.MINUTES);
  }

  private static int slot(Instant start) {
    return (int) Math.floorMod(start.getEpochSecond() / 60, (long) MINUTES);
  }
}
