package dev.clinicnet.operator.agent;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The state of the agents of one Clinic, in numbers, each of which is a metric.
 *
 * @param seen whether the other numbers are known; they are unknown while the account cannot be
 *     listed
 * @param agents the number of agents that are connected with its tokens
 * @param siteKitCurrent whether the site runs the present site kit
 * @param onOldToken whether an agent uses a replaced authtoken after its overlap
 * @param unexpectedEndpoints the number of bound endpoints that no manifest asks for
 * @param quarantined whether the manifest cuts the site off
 */
public record AgentFacts(
    boolean seen,
    int agents,
    boolean siteKitCurrent,
    boolean onOldToken,
    int unexpectedEndpoints,
    boolean quarantined) {

  /** The metrics of one Clinic. */
  public static final List<Metric> METRICS =
      List.of(
          new Metric(
              "clinic.agent.online",
              "Whether an agent of the Clinic is connected: 1 or 0",
              seen(facts -> flag(facts.agents > 0))),
          new Metric("clinic.agents", "How many agents are connected", seen(facts -> facts.agents)),
          new Metric(
              "clinic.site.kit.current",
              "Whether the site runs the present site kit: 1 or 0",
              seen(facts -> flag(facts.siteKitCurrent))),
          new Metric(
              "clinic.agent.on.old.token",
              "Whether an agent uses a replaced authtoken after its overlap: 1 or 0",
              seen(facts -> flag(facts.onOldToken))),
          new Metric(
              "clinic.endpoints.unexpected",
              "How many endpoints are bound that no manifest asks for",
              seen(facts -> facts.unexpectedEndpoints)),
          new Metric(
              "clinic.quarantined",
              "Whether the Clinic's site is cut off: 1 or 0",
              facts -> flag(facts.quarantined)));

  /**
   * One metric.
   *
   * @param name its name, with dots for the underscores of Prometheus
   */
  public record Metric(String name, String description, ToDoubleFunction<AgentFacts> value) {}

  /** Nothing is known of its agents. */
  public static AgentFacts unseen(boolean quarantined) {
    return new AgentFacts(false, 0, false, false, 0, quarantined);
  }

  /** NaN while nothing is known about the agents. */
  private static ToDoubleFunction<AgentFacts> seen(ToDoubleFunction<AgentFacts> value) {
    return facts -> facts.seen ? value.applyAsDouble(facts) : Double.NaN;
  }

  private static double flag(boolean set) {
    return set ? 1 : 0;
  }
}
