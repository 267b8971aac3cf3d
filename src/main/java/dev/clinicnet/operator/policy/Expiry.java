package dev.clinicnet.operator.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a policy end by itself: from a moment on it denies everything, even if the operator is
 * down. {@code timestamp(time.now)} is documented for such comparisons.
 *
 * <p>An open connection is not checked again. Only the requests on it are, if the protocol has
 * requests.
 */
public final class Expiry {
  private static final String NOW = "timestamp(time.now)";

  /** The condition of the denial, in a document whose quotes may be escaped. */
  private static final Pattern DENIAL =
      Pattern.compile(
          Pattern.quote(NOW + " >= timestamp(") + "\\\\?['\"](\\d[-:.0-9TZ]*)\\\\?['\"]\\)");

  private Expiry() {}

  /**
   * The policy with its end. The denial comes first, so that no client logs in for nothing. The
   * forward itself depends on the time too, so that an expression that cannot be evaluated forwards
   * nothing.
   */
  public static TrafficPolicy of(TrafficPolicy policy, Instant end) {
    String literal = "timestamp(" + Cel.quote(end.toString()) + ")";
    Phase last =
        policy.rules(Phase.ON_HTTP_REQUEST).isEmpty()
            ? Phase.ON_TCP_CONNECT
            : Phase.ON_HTTP_REQUEST;
    List<Rule> rules = new ArrayList<>();
    rules.add(denial("deny after the end", end, last));
    policy.rules(last).forEach(rule -> rules.add(limited(rule, NOW + " < " + literal)));
    if (!rules.get(rules.size() - 1).endsForEverybody()) {
      rules.add(Rule.always("deny everything else", denial(last)));
    }
    Map<Phase, List<Rule>> phases = new EnumMap<>(Phase.class);
    phases.putAll(policy.phases());
    phases.put(last, rules);
    return new TrafficPolicy(phases);
  }

  /** A rule that denies every client after the end. */
  static Rule denial(String name, Instant end, Phase phase) {
    String literal = "timestamp(" + Cel.quote(end.toString()) + ")";
    return Rule.when(name, NOW + " >= " + literal, denial(phase));
  }

  /** When a policy, as the platform lists it, ends by itself; empty if it does not. */
  public static Optional<Instant> endOf(String document) {
    Matcher denial = DENIAL.matcher(document == null ? "" : document);
    try {
      return denial.find() ? Optional.of(Instant.parse(denial.group(1))) : Optional.empty();
    } catch (DateTimeException somebodyElses) {
      return Optional.empty();
    }
  }

  private static Rule limited(Rule rule, String condition) {
    if (rule.actions().stream().noneMatch(action -> action.type().equals("forward-internal"))) {
      return rule;
    }
    List<String> expressions = new ArrayList<>(rule.expressions());
    expressions.add(condition);
    return new Rule(rule.name(), expressions, rule.actions());
  }

  private static Action denial(Phase phase) {
    return phase == Phase.ON_HTTP_REQUEST
        ? new Action("deny", Map.of("status_code", 403))
        : new Action("deny", Map.of());
  }
}
