package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Unreachable;

/** How far traffic may be forwarded from endpoint to endpoint. */
final class Hops {
  /** The maximum. The platform's number is not documented. */
  private static final int MOST = 5;

  private Hops() {}

  /**
   * Adds one hop.
   *
   * @param hops the number of hops so far
   */
  static void check(int hops) throws Unreachable {
    if (hops >= MOST) {
      throw new Unreachable(
          "ERR_NGROK_3501",
          "ForwardInternal may only forward through %d endpoints".formatted(MOST));
    }
  }
}
