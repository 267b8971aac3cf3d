package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.certificate.Fixtures;
import dev.clinicnet.simulator.SimulatorClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds all kinds against the OpenAPI description and against requests as captured. */
class OpenApiTest extends SimulatorTest {
  private static final JsonNode DESCRIPTION = yaml("openapi.yaml");

  private JsonNode values;

  private static JsonNode yaml(String name) {
    try (InputStream file = OpenApiTest.class.getResourceAsStream("/simulator/" + name)) {
      return new YAMLMapper().readTree(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<JsonNode> samples() {
    return StreamSupport.stream(yaml("samples.yaml").spliterator(), false);
  }

  @BeforeEach
  void prepare() {
    usableDomain("*.api.clinicnet.com");
    String pem = Fixtures.read("ca.crt");
    String server = Fixtures.read("rsa.crt");
    String key = Fixtures.read("rsa.pkcs1.key");
    values =
        SimulatorClient.object(
            "$CERTIFICATE",
            pem,
            "$DENY",
            DENY,
            "$IP_POLICY",
            created("/ip_policies").id(),
            "$VAULT",
            created("/vaults", "name", "v").id(),
            "$TLS_CERTIFICATE",
            created("/tls_certificates", "certificate_pem", server, "private_key_pem", key).id(),
            "$SERVER",
            server,
            "$KEY",
            key);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aKindLivesAsDescribed(JsonNode sample) {
    // Given
    String path = sample.get("path").asText();
    JsonNode many = DESCRIPTION.get("paths").get(path);
    JsonNode one = DESCRIPTION.get("paths").get(path + "/{id}");
    assertThat(names(filled(sample.get("create")))).containsAll(wanted(many, "post", sample));
    assertThat(names(filled(sample.get("update")))).containsAll(wanted(one, "patch", sample));
    // When
    Answer created = client.post(path, filled(sample.get("create")).toString());
    // Then
    requireAnswer(created, many.get("post"));
    assertThat(names(created.body())).containsAll(texts(sample.get("always")));
    String object = path + "/" + created.id();
    Answer read = client.get(object);
    requireAnswer(read, one.get("get"));
    assertThat(names(read.body())).isEqualTo(names(created.body()));
    clock.advance(CERTIFICATE_DELAY);
    requireReferences(client.get(object).body());
    requireLists(path, many.get("get"), created.id());
    requireChanges(object, one.get("patch"), filled(sample.get("update")));
    assertThat(client.delete(object).status()).isEqualTo(204);
    assertThat(client.get(object).status()).isEqualTo(404);
    assertThat(client.delete(object).status()).isEqualTo(404);
    assertThat(client.patch(object, filled(sample.get("update")).toString()).status())
        .isEqualTo(404);
  }

  @Test
  void whatAgentsHoldIsAsDescribed() {
    String token = created("/credentials", "acl", List.of("bind:*.clinic1.internal")).text("token");
    assertThat(connect(token, "https://a.clinic1.internal").status()).isEqualTo(201);
    for (String path : List.of("/tunnel_sessions", "/endpoints", "/tunnels")) {
      JsonNode described = DESCRIPTION.get("paths");
      Answer list = client.get(path);
      requireAnswer(list, described.get(path).get("get"));
      JsonNode first = list.body().get(path.substring(1)).get(0);
      Answer one = client.get(path + "/" + first.get("id").asText());
      requireAnswer(one, described.get(path + "/{id}").get("get"));
      assertThat(one.body()).isEqualTo(first);
      requireReferences(first);
    }
  }

  @Test
  void allOperationsAreServed() {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : DESCRIPTION.get("paths").properties()) {
      for (String method : names(path.getValue())) {
        String concrete = path.getKey().replace("{id}", "x");
        Answer answer = client.send(method.toUpperCase(Locale.ROOT), concrete, null);
        if (answer.body() != null && answer.body().path("details").has("path")) {
          missing.add(method + " " + path.getKey());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void kindsThatAreNotModelledAreEmpty() {
    for (String path : List.of("/app/users", "/edges/https", "/ssh_credentials")) {
      Answer list = client.get(path + "?limit=1");
      assertThat(list.status()).as(path).isEqualTo(200);
      assertThat(list.body().get("next_page_uri").isNull()).isTrue();
      assertThat(client.get(path + "/x").text("msg")).isEqualTo("Resource not found");
      assertThat(client.post(path, "{}").status()).isEqualTo(404);
    }
  }

  /** The members that a sample has to try. */
  private static List<String> wanted(JsonNode operations, String method, JsonNode sample) {
    String schema = operations.get(method).path("body").asText("");
    List<String> wanted = new ArrayList<>(names(DESCRIPTION.get("schemas").path(schema)));
    wanted.remove("id");
    wanted.removeAll(texts(sample.path("except")));
    return wanted;
  }

  private void requireLists(String path, JsonNode operation, String id) {
    Answer page = client.get(path + "?limit=1");
    requireAnswer(page, operation);
    assertThat(client.get(path).body().findValuesAsText("id")).contains(id);
    for (String parameter : texts(operation.get("query"))) {
      String value =
          switch (parameter) {
            case "limit" -> "100";
            case "filter" -> "obj.id%20==%20'" + id + "'";
            case "url" -> "https://none.internal";
            default -> id;
          };
      requireAnswer(client.get(path + "?" + parameter + "=" + value), operation);
    }
  }

  /** Each member alone, then all with the id. */
  private void requireChanges(String object, JsonNode operation, ObjectNode update) {
    for (Map.Entry<String, JsonNode> member : update.properties()) {
      JsonNode before = client.get(object).body();
      ObjectNode change = SimulatorClient.object(member.getKey(), member.getValue());
      Answer patched = client.patch(object, change.toString());
      requireAnswer(patched, operation);
      if (member.getValue().isTextual() && !member.getValue().asText().isEmpty()) {
        assertThat(patched.body().path(member.getKey())).isIn(member.getValue(), missing());
      }
      for (String other : List.of("description", "metadata", "name", "domain", "created_at")) {
        if (!other.equals(member.getKey())) {
          assertThat(patched.body().get(other)).as(other).isEqualTo(before.get(other));
        }
      }
    }
    update.put("id", object.substring(object.lastIndexOf('/') + 1));
    requireAnswer(client.patch(object, update.toString()), operation);
  }

  /** Some writable members are not shown. */
  private static JsonNode missing() {
    return MissingNode.getInstance();
  }

  private static void requireAnswer(Answer answer, JsonNode operation) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(operation.get("status").asInt());
    requireSchema(operation.get("answer").asText(), answer.body());
  }

  private static void requireSchema(String name, JsonNode object) {
    JsonNode schema = DESCRIPTION.get("schemas").get(name);
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode type = schema.get(member.getKey());
      String where = name + "." + member.getKey();
      assertThat(type).as(where).isNotNull();
      if (member.getValue().isNull()) {
        continue;
      }
      if (type.isArray()) {
        assertThat(member.getValue().isArray()).as(where).isTrue();
        member.getValue().forEach(item -> requireType(type.get(0).asText(), item, where));
      } else {
        requireType(type.asText(), member.getValue(), where);
      }
    }
  }

  private static void requireType(String type, JsonNode value, String where) {
    switch (type) {
      case "string" -> assertThat(value.isTextual()).as(where).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
      case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
      default -> requireSchema(type, value);
    }
  }

  /** Every URI in an answer can be read. */
  private void requireReferences(JsonNode object) {
    for (JsonNode member : object) {
      String uri = member.path("uri").asText("");
      if (uri.startsWith("http")) {
        Answer referred = client.get(uri);
        assertThat(referred.status()).as(uri).isEqualTo(200);
        assertThat(referred.id()).isEqualTo(member.get("id").asText());
      }
    }
  }

  private ObjectNode filled(JsonNode sample) {
    ObjectNode filled = sample.deepCopy();
    sample
        .properties()
        .forEach(
            member -> {
              if (values.has(member.getValue().asText())) {
                filled.set(member.getKey(), values.get(member.getValue().asText()));
              }
            });
    return filled;
  }

  private static Set<String> names(JsonNode object) {
    TreeSet<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
