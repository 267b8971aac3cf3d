package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a traffic policy as the platform does when an endpoint is written (documented codes). */
final class TrafficPolicyCheck implements PolicyCheck {
  private static final Set<String> RULE = Set.of("name", "expressions", "actions");
  private static final Set<String> ACTION = Set.of("type", "config");
  private static final List<String> PHASES =
      List.of(PolicyAction.TCP, PolicyAction.REQUEST, PolicyAction.RESPONSE, PolicyAction.EVENT);

  private static final List<String> BEFORE_UPSTREAM =
      List.of(PolicyAction.TCP, PolicyAction.REQUEST);
  private static final Logger LOG = LoggerFactory.getLogger(TrafficPolicyCheck.class);

  private final PolicyConfigCheck configs;

  TrafficPolicyCheck(Predicate<String> ipPolicyExists) {
    this.configs = new PolicyConfigCheck(ipPolicyExists);
  }

  @Override
  public void check(String text, EndpointUrl url, boolean mustTerminate) {
    JsonNode policy = parse(text);
    List<String> logins = new ArrayList<>();
    boolean handled = false;
    for (Map.Entry<String, JsonNode> phase : policy.properties()) {
      checkPhase(phase.getKey(), url);
      boolean ends = false;
      for (JsonNode rule : list(phase.getValue(), phase.getKey())) {
        checkRule(rule, phase.getKey());
        boolean always = rule.path("expressions").isEmpty();
        boolean ended = ends;
        for (JsonNode step : list(rule.path("actions"), "actions")) {
          PolicyAction action = action(step, phase.getKey(), url);
          if (ended) {
            throw SimulatorError.POLICY_UNREACHABLE.with(action.type());
          }
          configs.check(action, step.path("config"), phase.getKey());
          if (action.login()) {
            logins.add(action.type());
          }
          ended = terminates(action, step.path("config"));
        }
        ends |= ended && always;
      }
      handled |= ends && BEFORE_UPSTREAM.contains(phase.getKey());
    }
    checkLogins(logins, url);
    if (mustTerminate && !handled) {
      throw SimulatorError.POLICY_NOT_TERMINATING.with();
    }
  }

  private static JsonNode parse(String text) {
    JsonNode policy;
    try {
      policy = Json.parseYaml(text);
    } catch (IOException e) {
      // The parser's message is left out, because it quotes the document, which may have secrets.
      throw SimulatorError.POLICY_UNPARSABLE.with("it is neither JSON nor YAML");
    }
    if (policy == null || !policy.isObject()) {
      throw SimulatorError.POLICY_UNPARSABLE.with("it must be a map of phases");
    }
    return policy;
  }

  /** Two of one kind are refused. It is not documented that two of different kinds are. */
  private static void checkLogins(List<String> logins, EndpointUrl url) {
    Set<String> kinds = new TreeSet<>(logins);
    if (kinds.size() < logins.size()) {
      throw SimulatorError.POLICY_AUTH_TWICE.with();
    }
    if (kinds.size() > 1) {
      LOG.warn(
          "the policy of {} has the login actions {}: ngrok may refuse them with ERR_NGROK_2239",
          url.text(),
          String.join(", ", kinds));
    }
  }

  private static void checkPhase(String phase, EndpointUrl url) {
    if (!PHASES.contains(phase) || (!phase.equals(PolicyAction.TCP) && !url.isHttp())) {
      throw SimulatorError.POLICY_PHASE.with(phase, url.scheme());
    }
    if (phase.equals(PolicyAction.TCP) && url.isHttp() && url.isInternal()) {
      throw SimulatorError.POLICY_INTERNAL_PHASE.with();
    }
  }

  private static void checkRule(JsonNode rule, String phase) {
    requireKeys(rule, RULE, phase);
    JsonNode expressions = rule.path("expressions");
    if (!expressions.isMissingNode() && !expressions.isArray()) {
      throw SimulatorError.POLICY_EXPRESSION.with("expressions must be a list of strings");
    }
    for (JsonNode expression : expressions) {
      if (!expression.isTextual()) {
        throw SimulatorError.POLICY_EXPRESSION.with("an expression must be a string");
      }
      String problem = Cel.problem(expression.textValue());
      if (problem != null) {
        throw SimulatorError.POLICY_EXPRESSION.with(problem);
      }
    }
    if (rule.path("actions").isMissingNode() || rule.path("actions").isEmpty()) {
      throw SimulatorError.POLICY_NO_ACTION.with();
    }
  }

  private static PolicyAction action(JsonNode step, String phase, EndpointUrl url) {
    requireKeys(step, ACTION, "actions");
    String type = step.path("type").asText("");
    PolicyAction action = PolicyAction.of(type);
    if (action == null) {
      throw SimulatorError.POLICY_ACTION_UNKNOWN.with(type);
    }
    if (!action.phases().contains(phase)) {
      throw SimulatorError.POLICY_ACTION_PHASE.with(type, phase);
    }
    boolean tls = url.scheme().equals("https") || url.scheme().equals("tls");
    if (type.equals("terminate-tls") && !tls) {
      throw SimulatorError.POLICY_ACTION_PROTOCOL.with(type, url.scheme());
    }
    return action;
  }

  /** A forward that goes on after an error does not end the policy (documented). */
  private static boolean terminates(PolicyAction action, JsonNode config) {
    return action.terminates() && !config.path("on_error").asText("").equals("continue");
  }

  private static JsonNode list(JsonNode node, String name) {
    if (!node.isArray()) {
      throw SimulatorError.POLICY_UNPARSABLE.with("'" + name + "' must be a list");
    }
    return node;
  }

  private static void requireKeys(JsonNode node, Set<String> keys, String where) {
    if (!node.isObject()) {
      throw SimulatorError.POLICY_UNPARSABLE.with("'" + where + "' must hold maps");
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                throw SimulatorError.POLICY_UNPARSABLE.with("unknown field '" + key + "'");
              }
            });
  }
}
