package dev.clinicnet.operator.policy;

import java.util.List;
import java.util.Map;

/** A whole policy around raw rules, as an endpoint has it. */
public final class CompletePolicy {

  private CompletePolicy() {}

  /** A policy with restricted addresses before the rules, and the forward after them. */
  public static TrafficPolicy https(Map<Phase, List<Rule>> raw) {
    return around(PolicyBuilder.forHttps(), raw, "https://rest-api.clinic1.internal");
  }

  public static TrafficPolicy tcp(Map<Phase, List<Rule>> raw) {
    return around(PolicyBuilder.forTcp(), raw, "tcp://db.clinic1.internal:5432");
  }

  public static TrafficPolicy tls(Map<Phase, List<Rule>> raw) {
    return around(PolicyBuilder.forTcp(), raw, "tls://db.clinic1.internal");
  }

  private static TrafficPolicy around(
      PolicyBuilder builder, Map<Phase, List<Rule>> raw, String forward) {
    return builder
        .add(Stage.FORWARD, Rule.always("forward", forward(forward)))
        .rawRules(raw, List.of(forward(forward)))
        .add(
            Stage.ADDRESS_RESTRICTION,
            Rule.always(
                "restrict addresses",
                AddressRestriction.of(List.of("203.0.113.0/24"), List.of(), List.of())
                    .action()
                    .get()))
        .build();
  }

  private static Action forward(String url) {
    return new Action("forward-internal", Map.of("url", url));
  }
}
