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

  /** The metrics of Clinics: of each one, or their sums. */
  public static final List<Metric> METRICS =
      List.of(
          new Metric(
              "clinic_agent_online",
              "How many Clinics have an agent that is connected",
              seen(facts -> flag(facts.agents > 0))),
          new Metric("clinic_agents", "How many agents are connected", seen(facts -> facts.agents)),
          new Metric(
              "clinic_site_kit_current",
              "How many sites run the present site kit",
              seen(facts -> flag(facts.siteKitCurrent))),
          new Metric(
              "clinic_agent_on_old_token",
              "How many Clinics have an agent that uses a replaced authtoken after its overlap",
              seen(facts -> flag(facts.onOldToken))),
          new Metric(
              "clinic_endpoints_unexpected",
              "How many endpoints are bound that no manifest asks for",
              seen(facts -> facts.unexpectedEndpoints)),
          new Metric(
              "clinic_quarantined",
              "How many Clinics have a site that is cut off",
              facts -> flag(facts.quarantined)));

  /**
   * One metric.
   *
   * @param name its name in Prometheus
   * @param description what the sum over all Clinics is
   * @param value the part of one Clinic; NaN while it is not known
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
