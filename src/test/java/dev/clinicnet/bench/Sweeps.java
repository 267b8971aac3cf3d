package dev.clinicnet.bench;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Map;
import java.util.TreeMap;

/** How many list pages the sweeps need that are due in a time. */
final class Sweeps {
  /** The operator's defaults. */
  static final int DRIFT_SECONDS = 600;

  static final int AGENT_SECONDS = 30;
  private static final int PAGE = 100;

  private Sweeps() {}

  /**
   * The pages for the account as it is now.
   *
   * @param seconds the time of the account that has passed
   */
  static Map<String, Integer> due(World world, double seconds) {
    // A time that is not a multiple of the interval may have one sweep more.
    int complete = (int) Math.ceil(seconds / DRIFT_SECONDS);
    int agents = (int) Math.ceil(seconds / AGENT_SECONDS);
    Map<String, Integer> due = new TreeMap<>();
    for (Resource<?, ?, ?> resource : Account.NEEDED) {
      int objects = world.account().all(resource.path()).size();
      boolean often =
          resource.equals(Resource.ENDPOINTS) || resource.equals(Resource.TUNNEL_SESSIONS);
      due.put("GET " + resource.path(), pages(objects) * (often ? agents : complete));
    }
    return due;
  }

  private static int pages(int objects) {
    return Math.max(1, (objects + PAGE - 1) / PAGE);
  }
}
