package dev.clinicnet.bench;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.account.Pace;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How many list pages the sweeps need that are due in a time. */
final class Sweeps {
  /** The operator's defaults. */
  static final Pace PACE = new Pace(Duration.ofMinutes(10), Duration.ofSeconds(30));

  private Sweeps() {}

  /** The objects of each list of the account as it is now. */
  static Map<Resource<?, ?, ?>, Integer> objects(World world) {
    Map<Resource<?, ?, ?>, Integer> objects = new HashMap<>();
    Account.NEEDED.forEach(
        resource -> objects.put(resource, world.account().all(resource.path()).size()));
    return objects;
  }

  /** The requests for one list of everything in the account as it is now, with its own state. */
  static int round(World world) {
    return 1 + objects(world).values().stream().mapToInt(Pace::pages).sum();
  }

  /**
   * The pages that are due if the account grows or shrinks at an even rate.
   *
   * @param before the objects of each list at the begin
   * @param after the same at the end
   * @param seconds the time of the account that has passed
   */
  static Map<String, Integer> due(
      Map<Resource<?, ?, ?>, Integer> before,
      Map<Resource<?, ?, ?>, Integer> after,
      double seconds) {
    Map<String, Integer> due = new TreeMap<>();
    for (Resource<?, ?, ?> resource : Account.NEEDED) {
      boolean often =
          resource.equals(Resource.ENDPOINTS) || resource.equals(Resource.TUNNEL_SESSIONS);
      int first = before.get(resource);
      int last = after.get(resource);
      int sum = 0;
      // A time that is not a multiple of the interval may have one list more.
      for (double at = 0; at < seconds; ) {
        int pages = Pace.pages((int) Math.ceil(first + (last - first) * at / seconds));
        sum += pages;
        at += (often ? PACE.agents(resource, pages) : PACE.driftInterval()).toSeconds();
      }
      due.put("GET " + resource.path(), sum);
    }
    // Each complete list asks also what the account itself is like.
    due.put("GET self", (int) Math.ceil(seconds / PACE.driftInterval().toSeconds()));
    return due;
  }
}
