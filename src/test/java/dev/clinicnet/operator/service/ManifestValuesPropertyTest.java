package dev.clinicnet.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.policy.Meaning;
import dev.clinicnet.operator.policy.NastyText;
import dev.clinicnet.operator.policy.Phase;
import dev.clinicnet.operator.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every value of a manifest's field is refused, or our rules are the same as with a harmless value,
 * except for the value itself.
 */
class ManifestValuesPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CASES = 300;
  private static final Map<String, String> USERS = Map.of("ann", "planted-password");

  private static final List<String> LOGINS =
      List.of(
          "{oauth: {provider: google, clientID: a, clientSecretRef: {name: login, key: secret},"
              + " scopes: [a], allowedEmailDomains: [a.b], allowedEmails: [a@b.c]}}",
          "{oidc: {issuerURL: 'https://a.b', clientID: a, clientSecretRef: {name: login, key:"
              + " secret}, scopes: [a], allowedEmailDomains: [a.b], allowedEmails: [a@b.c]}}",
          "{jwt: {allowedIssuers: ['https://a.b'], allowedAudiences: [a], jwksURLs:"
              + " ['https://a.b'], algorithms: [RS256], header: X-A, type: jwt}}",
          "{basicAuth: {secretRef: {name: users}, realm: a}}");

  private static final String MANIFEST =
      """
      apiVersion: clinicnet.dev/v1alpha1
      kind: ClinicService
      metadata: {name: web, namespace: clinics}
      spec:
        clinicRef: {name: clinic1}
        upstream: {url: "http://10.0.0.1:8080"}
        internalURL: https://web.clinic1.internal
        expose: {https: {host: web.api.com, paths: [/a]}}
        trafficPolicy:
          on_tcp_connect: [{name: raw, actions: [{type: log, config: {metadata: {a: b}}}]}]
          on_http_request:
          - name: raw
            expressions: ["req.url.path != ''"]
            actions: [{type: add-headers, config: {headers: {x-a: b}}}]
      """;

  @ParameterizedTest
  @ValueSource(longs = {7, 80_000, 900_000})
  void noFieldChangesWhatOurRulesSay(long seed) {
    int built = 0;
    for (long i = seed; i < seed + CASES; i++) {
      Random random = new Random(i);
      ObjectNode manifest = manifest(LOGINS.get(random.nextInt(LOGINS.size())));
      List<JsonNode> plain = ownRules(AcceptedPolicy.of(manifest.toString(), USERS).orElseThrow());
      List<JsonPointer> fields = new ArrayList<>();
      texts(manifest.path("spec"), JsonPointer.compile("/spec"), fields);
      JsonPointer field = fields.get(random.nextInt(fields.size()));
      String value = new NastyText(i).next(manifest.at(field).asText());
      put(manifest, field, value);

      Optional<AcceptedPolicy> accepted = AcceptedPolicy.of(manifest.toString(), USERS);
      if (accepted.isPresent()) {
        built++;
        assertSame("seed %d: %s is %s".formatted(i, field, value), accepted.get(), plain);
      }
    }
    assertThat(built).as("else nothing is shown").isGreaterThan(CASES / 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12_000})
  void noUserNameChangesWhatOurRulesSay(long seed) {
    ObjectNode manifest = manifest(LOGINS.get(3));
    List<JsonNode> plain = ownRules(AcceptedPolicy.of(manifest.toString(), USERS).orElseThrow());
    for (long i = seed; i < seed + CASES / 3; i++) {
      String user = new NastyText(i).next("ann");
      Optional<AcceptedPolicy> accepted =
          AcceptedPolicy.of(manifest.toString(), Map.of(user, "planted-password"));
      if (accepted.isPresent()) {
        assertSame("seed %d: user %s".formatted(i, user), accepted.get(), plain);
      }
    }
  }

  @Test
  void theComparisonSeesADifference() {
    ObjectNode manifest = manifest(LOGINS.get(0));
    List<JsonNode> plain = ownRules(AcceptedPolicy.of(manifest.toString(), USERS).orElseThrow());
    ((ArrayNode) manifest.at("/spec/expose/https/paths")).add("/b");

    assertThat(shapes(ownRules(AcceptedPolicy.of(manifest.toString(), USERS).orElseThrow())))
        .isNotEqualTo(shapes(plain));
  }

  private static void assertSame(String named, AcceptedPolicy accepted, List<JsonNode> plain) {
    List<JsonNode> own = ownRules(accepted);
    assertThat(shapes(own)).as(named).isEqualTo(shapes(plain));
    assertThat(accepted.policy().toJson()).as(named).doesNotContain("planted-");
    for (JsonNode rule : own) {
      // Our only template: the reference to a vault secret of the service itself.
      String rest =
          rule.toString().replaceAll("\\$\\{secrets\\.get\\('clinicnet_i', '[a-z0-9/_]+'\\)}", "");
      assertThat(rest).as(named).doesNotContain("${");
    }
  }

  /** The structure of rules with all text left out, but what expressions mean. */
  private static List<String> shapes(List<JsonNode> rules) {
    return rules.stream().map(rule -> shape(rule, false)).toList();
  }

  private static String shape(JsonNode node, boolean expression) {
    if (node.isTextual()) {
      return expression
          ? Meaning.of(node.textValue(), "/elsewhere", "nobody@elsewhere.test").toString()
          : "text";
    }
    StringBuilder shape = new StringBuilder();
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  shape
                      .append(entry.getKey())
                      .append('=')
                      .append(
                          entry.getKey().equals("type")
                              ? entry.getValue().asText()
                              : shape(entry.getValue(), entry.getKey().equals("expressions")))
                      .append(' '));
      return "{" + shape + "}";
    }
    node.forEach(item -> shape.append(shape(item, expression)).append(' '));
    return node.isArray() ? "[" + shape + "]" : node.getNodeType().name();
  }

  /** The rules without those written by hand, which stay before the forward. */
  private static List<JsonNode> ownRules(AcceptedPolicy accepted) {
    List<JsonNode> rules = new ArrayList<>();
    for (Phase phase : List.of(Phase.ON_TCP_CONNECT, Phase.ON_HTTP_REQUEST)) {
      List<Rule> all = accepted.policy().rules(phase);
      JsonNode tree = read(accepted.policy().toJson()).path(phase.key());
      int raw = phase == Phase.ON_TCP_CONNECT ? all.size() - 1 : all.size() - 3;
      for (int i = 0; i < tree.size(); i++) {
        if (i != raw) {
          rules.add(tree.get(i));
        }
      }
    }
    return rules;
  }

  private static void texts(JsonNode node, JsonPointer at, List<JsonPointer> found) {
    if (node.isTextual()) {
      found.add(at);
    }
    node.properties().forEach(e -> texts(e.getValue(), at.appendProperty(e.getKey()), found));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      texts(node.get(i), at.appendIndex(i), found);
    }
  }

  private static void put(ObjectNode manifest, JsonPointer field, String value) {
    JsonNode parent = manifest.at(field.head());
    if (parent instanceof ArrayNode list) {
      list.set(field.last().getMatchingIndex(), TextNode.valueOf(value));
    } else {
      ((ObjectNode) parent).put(field.last().getMatchingProperty(), value);
    }
  }

  private static ObjectNode manifest(String login) {
    try {
      ObjectNode manifest = (ObjectNode) new YAMLMapper().readTree(MANIFEST);
      ObjectNode access = (ObjectNode) new YAMLMapper().readTree(ServiceAccessTest.WITHOUT_LOGIN);
      access.setAll((ObjectNode) new YAMLMapper().readTree(login));
      ((ObjectNode) manifest.at("/spec")).set("access", access);
      return manifest;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
