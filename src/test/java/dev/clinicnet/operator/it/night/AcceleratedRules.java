package dev.clinicnet.operator.it.night;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The shipped rules in a hurry: in each rule, all durations are divided by one factor, so that it
 * rings after some seconds. Durations are {@code for}, ranges such as {@code [5m]}, and limits such
 * as {@code > 60 * 15}. The rest of a rule stays as it is.
 */
final class AcceleratedRules {
  /** How long most alerts wait. */
  static final Duration WAIT = Duration.ofSeconds(5);

  /**
   * How long critical alerts wait: longer, because the operator believes a refusal only after the
   * second one, and their rules wait for minutes only.
   */
  private static final Duration CRITICAL = Duration.ofSeconds(10);

  /** A range must have several scrapes, and the operator repeats what fails only so often. */
  private static final double SHORTEST_RANGE = 10;

  private static final Pattern LIMIT =
      Pattern.compile("> (?:(60|3600|86400) \\* (\\d+)|(1800))\\b");
  private static final Pattern RANGE = Pattern.compile("\\[(\\d+)([smhd])]");
  private static final Pattern FOR = Pattern.compile("(\\d+)([smhd])");
  private static final Map<String, Integer> UNITS = Map.of("s", 1, "m", 60, "h", 3600, "d", 86400);
  private static final YAMLMapper YAML = new YAMLMapper();

  private final Map<String, Speed> speeds = new LinkedHashMap<>();
  private final ArrayNode rules = YAML.createArrayNode();

  /**
   * How fast a rule is.
   *
   * @param stated how long the shipped rule waits, of which {@code factor} is the divisor
   */
  record Speed(Duration stated, double factor) {
    /** How long the accelerated rule waits. */
    Duration patience() {
      return Duration.ofMillis(Math.round(stated.toMillis() / factor));
    }
  }

  /** These rules, accelerated. */
  AcceleratedRules(JsonNode shipped) {
    for (JsonNode rule : shipped) {
      ObjectNode fast = rule.deepCopy();
      String expr = rule.path("expr").asText();
      double stated = firstLimit(expr) + seconds(FOR, rule.path("for").asText());
      double base = stated > 0 ? stated : seconds(RANGE, expr);
      boolean critical = rule.at("/labels/severity").asText().equals("critical");
      double factor = Math.max(1, base / (critical ? CRITICAL : WAIT).toSeconds());
      speeds.put(
          rule.path("alert").asText(),
          new Speed(Duration.ofMillis(Math.round(stated * 1000)), factor));
      fast.put("expr", accelerated(expr, factor));
      if (rule.has("for")) {
        fast.put("for", millis(seconds(FOR, rule.path("for").asText()) / factor));
      }
      rules.add(fast);
    }
  }

  /** The speed of each alert, in the order of the rules. */
  Map<String, Speed> speeds() {
    return speeds;
  }

  /** A file of rules. */
  String yaml() {
    ObjectNode file = YAML.createObjectNode();
    file.putArray("groups").addObject().put("name", "accelerated").set("rules", rules);
    try {
      return YAML.writeValueAsString(file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String accelerated(String expr, double factor) {
    String limits =
        replace(LIMIT, expr, match -> "> " + String.format("%.3f", limit(match) / factor));
    return replace(
        RANGE,
        limits,
        match ->
            "[" + millis(Math.max(SHORTEST_RANGE, seconds(RANGE, match.group()) / factor)) + "]");
  }

  private static double firstLimit(String expr) {
    return LIMIT.matcher(expr).results().findFirst().map(AcceleratedRules::limit).orElse(0.0);
  }

  private static double limit(MatchResult match) {
    return match.group(3) == null
        ? Double.parseDouble(match.group(1)) * Double.parseDouble(match.group(2))
        : Double.parseDouble(match.group(3));
  }

  private static double seconds(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .findFirst()
        .map(match -> Double.parseDouble(match.group(1)) * UNITS.get(match.group(2)))
        .orElse(0.0);
  }

  private static String replace(Pattern pattern, String text, Function<MatchResult, String> by) {
    return pattern.matcher(text).replaceAll(by);
  }

  private static String millis(double seconds) {
    return Math.max(1, Math.round(seconds * 1000)) + "ms";
  }
}
