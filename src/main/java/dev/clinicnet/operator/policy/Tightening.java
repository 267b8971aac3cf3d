package dev.clinicnet.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.config.JsonBuffers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a refused manifest closes: rules that go in front of the policy that is in force. Each rule
 * only keeps clients out, and the policy behind the rules stays as it is, so that nothing opens.
 * What the policy keeps out already gets no rule.
 *
 * @param generation the generation of the refused manifest, after which the rules are named
 * @param addresses the addresses that it admits, as far as they can be read
 * @param paths the paths that it admits
 * @param end when access ends; empty where it does not end by itself
 */
public record Tightening(
    long generation, AddressRestriction addresses, List<String> paths, Optional<Instant> end) {
  private static final ObjectMapper JSON = new ObjectMapper(JsonBuffers.factory());
  private static final String NAME = "generation %d, refused: %s";
  private static final Pattern NAMED = Pattern.compile("generation (\\d{1,18}), refused: .+");
  private static final Set<String> KEEPING_OUT = Set.of("deny", "restrict-ips");

  /** Reads a manifest's lists. An entry that cannot be read closes nothing. */
  public static Tightening of(
      long generation,
      List<String> allowCIDRs,
      List<String> denyCIDRs,
      List<String> ipPolicyIDs,
      List<String> paths,
      Optional<Instant> end) {
    return new Tightening(
        generation, AddressRestriction.readable(allowCIDRs, denyCIDRs, ipPolicyIDs), paths, end);
  }

  /** Whether a rule has a name that only the rules of refused manifests may have. */
  public static boolean isName(String name) {
    return NAMED.matcher(name).matches();
  }

  /** Whether a policy, as the platform lists it, has rules of a refused manifest. */
  public static boolean isIn(String policy) {
    return !namesIn(policy).isEmpty();
  }

  /** The names of the rules that refused manifests have put in front of a policy. */
  public static List<String> namesIn(String policy) {
    return policy == null
        ? List.of()
        : PolicyText.read(policy).map(LivePolicy::new).stream()
            .flatMap(live -> live.ruleNames().stream())
            .filter(name -> NAMED.matcher(name).matches())
            .toList();
  }

  /**
   * The policy behind the rules of refused manifests: without all of these rules, and without those
   * of the newest manifest only. It is empty when there are no such rules. A rule of such a name
   * that stands elsewhere, or does more than keep clients out, belongs to somebody else.
   */
  public static List<String> behind(String policy) {
    Optional<LivePolicy> live =
        policy == null ? Optional.empty() : PolicyText.read(policy).map(LivePolicy::new);
    return live.stream()
        .flatMap(
            its ->
                its.inFront().stream()
                    .map(rule -> generation(rule.path("name").asText()))
                    .distinct()
                    .map(its::withoutFrom))
        .toList();
  }

  private static long generation(String name) {
    Matcher matcher = NAMED.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** Whether access would end earlier than by a policy, as the platform lists it. */
  public boolean endsBefore(String policy) {
    return end.isPresent()
        && Expiry.endOf(policy).filter(last -> !last.isAfter(end.get())).isEmpty();
  }

  /**
   * A policy with these rules in front of it.
   *
   * @param url where the endpoint is
   * @param policy as the platform lists it
   * @param asAnswered whether the platform returned the same text after the last write. Then a rule
   *     counts as present by its name, because the platform may write it in another form
   * @return the policy to send; empty when no rule is to be added, and when the text cannot be read
   */
  public Optional<String> over(String url, String policy, boolean asAnswered) {
    Optional<JsonNode> tree =
        policy == null ? Optional.empty() : PolicyText.read(policy).filter(JsonNode::isObject);
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    LivePolicy live = new LivePolicy(tree.get());
    Map<Phase, List<Rule>> missing = missing(url.startsWith("http"), live, policy);
    if (asAnswered) {
      List<String> there = live.ruleNames();
      missing.values().forEach(rules -> rules.removeIf(rule -> there.contains(rule.name())));
    }
    missing.values().removeIf(List::isEmpty);
    return missing.isEmpty() ? Optional.empty() : Optional.of(inFront(missing, tree.get()));
  }

  private Map<Phase, List<Rule>> missing(boolean requests, LivePolicy live, String policy) {
    Map<Phase, List<Rule>> rules = new EnumMap<>(Phase.class);
    for (Phase phase : List.of(Phase.ON_TCP_CONNECT, Phase.ON_HTTP_REQUEST)) {
      rules.put(phase, new ArrayList<>());
    }
    Phase last = requests ? Phase.ON_HTTP_REQUEST : Phase.ON_TCP_CONNECT;
    if (endsBefore(policy)) {
      rules.get(last).add(Expiry.denial(name("deny after " + end.get()), end.get(), last));
    }
    List<AddressRestriction> inForce = live.addresses();
    AddressRestriction admitted =
        addresses.naming(inForce.stream().flatMap(one -> one.ipPolicyIDs().stream()).toList());
    if (inForce.stream().noneMatch(admitted::admitsAllOf)) {
      admitted
          .action()
          .ifPresent(
              action ->
                  rules
                      .get(Phase.ON_TCP_CONNECT)
                      .add(Rule.always(name("restrict addresses"), action)));
    }
    if (requests) {
      rules.get(Phase.ON_HTTP_REQUEST).addAll(missingPaths(live));
    }
    return rules;
  }

  private List<Rule> missingPaths(LivePolicy live) {
    PathRestriction restriction;
    try {
      restriction = PathRestriction.of(paths);
    } catch (IllegalArgumentException unreadable) {
      // Another check refuses the manifest for this network.
      return List.of();
    }
    boolean closed =
        restriction.admitsEverything() || live.paths().stream().anyMatch(restriction::admitsAllOf);
    return closed
        ? List.of()
        : List.of(
            Rule.when(
                name("deny ambiguous paths"), PathRestriction.ambiguous(), PolicyBuilder.deny()),
            Rule.when(
                name("deny paths not listed"), restriction.notListed(), PolicyBuilder.deny()));
  }

  private String name(String what) {
    return NAME.formatted(generation, what);
  }

  private static String inFront(Map<Phase, List<Rule>> rules, JsonNode policy) {
    ObjectNode result = JSON.createObjectNode();
    for (Phase phase : Phase.values()) {
      ArrayNode all = JSON.createArrayNode();
      rules.getOrDefault(phase, List.of()).forEach(rule -> all.add(JSON.valueToTree(rule.tree())));
      policy.path(phase.key()).forEach(all::add);
      if (!all.isEmpty()) {
        result.set(phase.key(), all);
      }
    }
    // A rule that the operator does not know stays too.
    policy
        .properties()
        .forEach(
            member -> {
              if (!result.has(member.getKey())) {
                result.set(member.getKey(), member.getValue());
              }
            });
    return result.toString();
  }

  /** A policy as the platform lists it, and what it requires of every connection or request. */
  private record LivePolicy(JsonNode tree) {

    List<String> ruleNames() {
      List<String> names = new ArrayList<>();
      tree.forEach(phase -> phase.forEach(rule -> names.add(rule.path("name").asText())));
      return names;
    }

    /**
     * The rules at the front of each phase that only keep clients out. Rules of refused manifests
     * are among them.
     */
    List<JsonNode> inFront() {
      List<JsonNode> found = new ArrayList<>();
      for (Phase phase : Phase.values()) {
        rules(phase).takeWhile(LivePolicy::keepsOut).forEach(found::add);
      }
      return found;
    }

    /** The text without the rules in front that are of this generation or a later one. */
    String withoutFrom(long generation) {
      ObjectNode rest = JSON.createObjectNode();
      for (Map.Entry<String, JsonNode> member : tree.properties()) {
        if (!member.getValue().isArray()) {
          rest.set(member.getKey(), member.getValue());
          continue;
        }
        ArrayNode kept = JSON.createArrayNode();
        elements(member.getValue())
            .dropWhile(
                rule -> keepsOut(rule) && generation(rule.path("name").asText()) >= generation)
            .forEach(kept::add);
        if (!kept.isEmpty()) {
          rest.set(member.getKey(), kept);
        }
      }
      return rest.toString();
    }

    private static boolean keepsOut(JsonNode rule) {
      JsonNode actions = rule.path("actions");
      return NAMED.matcher(rule.path("name").asText()).matches()
          && !actions.isEmpty()
          && elements(actions)
              .allMatch(action -> KEEPING_OUT.contains(action.path("type").asText()));
    }

    List<AddressRestriction> addresses() {
      return rules(Phase.ON_TCP_CONNECT)
          .filter(rule -> rule.path("expressions").isEmpty())
          .flatMap(rule -> elements(rule.path("actions")))
          .filter(action -> action.path("type").asText().equals("restrict-ips"))
          .map(action -> action.path("config"))
          .filter(config -> config.path("enforce").asBoolean(true))
          .flatMap(config -> restriction(config).stream())
          .toList();
    }

    private static Optional<AddressRestriction> restriction(JsonNode config) {
      try {
        return Optional.of(
            AddressRestriction.of(
                texts(config.path("allow")),
                texts(config.path("deny")),
                texts(config.path("ip_policies"))));
      } catch (IllegalArgumentException unreadable) {
        return Optional.empty();
      }
    }

    List<PathRestriction> paths() {
      return rules(Phase.ON_HTTP_REQUEST)
          .filter(rule -> rule.path("expressions").size() == 1)
          .filter(rule -> rule.path("actions").path(0).path("type").asText().equals("deny"))
          .flatMap(
              rule -> PathRestriction.listedIn(rule.path("expressions").path(0).asText()).stream())
          .toList();
    }

    private Stream<JsonNode> rules(Phase phase) {
      return elements(tree.path(phase.key()));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
      return StreamSupport.stream(list.spliterator(), false);
    }

    private static List<String> texts(JsonNode list) {
      return elements(list).map(JsonNode::asText).toList();
    }
  }
}
