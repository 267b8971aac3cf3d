package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest extends SimulatorTest {

  private SimulatorClient.Answer filtered(String path, String filter) {
    return client.get(path + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "obj.description == 'one' ; one",
        "obj.description != 'one' ; two,-",
        "obj.description in ['one', 'two'] ; two,one",
        "obj.description == 'one' || obj.metadata == 'm' ; two,one",
        "obj.description == 'two' && obj.metadata == 'm' ; two",
        "!(obj.description == 'two') ; -,one",
        "obj.description == \"\" ; -",
        "obj.metadata == null ; -,one",
        "obj.acl == null ; -,one",
        "obj.acl != null ; two",
        "obj.description.startsWith('t') ; two",
        "obj.description.endsWith('ne') || obj.description.contains('w') ; two,one",
        "size(obj.acl) > 0 ; two",
        "size(obj.acl) >= 1 && size(obj.acl) <= 1 ; two",
        "size(obj.acl) < 1 ; -,one",
        "'bind:a.internal' in obj.acl ; two",
        "obj.created_at < timestamp('2026-01-02T03:04:06Z') ; one",
        "obj.created_at > timestamp(time.now).subtract('1m') ; -,two,one",
        "timestamp(obj.created_at).add('1m') < timestamp(time.now) ; none",
      })
  void keepsWhatMatches(String filter, String expected) {
    created("/credentials", "description", "one");
    clock.advance(Duration.ofSeconds(10));
    created(
        "/credentials", "description", "two", "metadata", "m", "acl", List.of("bind:a.internal"));
    created("/credentials");
    var items = filtered("/credentials", filter).body().get("credentials");
    List<String> found = new java.util.ArrayList<>();
    items.forEach(item -> found.add(item.path("description").asText("-")));
    List<String> wanted =
        expected.equals("none") ? List.of() : List.of(expected.strip().split(",", -1));
    assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "obj.token == 'x'",
        "obj.description == 'a' || obj.nothing == 'b'",
        "obj.id.startsWith('cr_')",
        "obj.owner_id.contains('usr')",
        "obj.acl.contains('a')",
        "obj.description.matches('a')",
        "obj.acl in ['a', 'b']",
        "obj.acl[0] == 'x'",
        "obj.description == 'a' ? true : false",
        "1 + 1 == 2",
        "obj.description ==",
        "obj.created_at > timestamp('yesterday')",
        "timestamp(time.now).subtract('a while') < obj.created_at",
        "'a'",
        "'a' in obj.description",
        "1.5 == 1.5",
        "{'a': 1} == {'a': 1}",
      })
  void refusesWhatItDoesNotModel(String filter) {
    assertThat(refusal(filtered("/credentials", filter))).isEqualTo("ERR_NGROK_250");
  }

  @Test
  void knowsForServiceUsersOnlyIdAndTime() {
    String id = created("/service_users", "name", "a").id();
    assertThat(filtered("/service_users", "obj.id == '" + id + "'").body().get("service_users"))
        .hasSize(1);
    assertThat(refusal(filtered("/service_users", "obj.name == 'a'"))).isEqualTo("ERR_NGROK_250");
  }

  @Test
  void mayRefuseToSearchInTheNamesOfDomains() {
    created("/reserved_domains", "domain", "a.example.com");
    String filter = "obj.domain.startsWith('a.')";
    assertThat(filtered("/reserved_domains", filter).body().get("reserved_domains")).hasSize(1);
    client.post("/_simulator/behaviour", "{\"domain_substrings\":false}");
    assertThat(refusal(filtered("/reserved_domains", filter))).isEqualTo("ERR_NGROK_250");
    assertThat(filtered("/reserved_domains", "obj.description.contains('x')").status())
        .isEqualTo(200);
  }

  @Test
  void refusesAListInAList() {
    assertThat(refusal(filtered("/endpoints", "obj.bindings in ['public', 'internal']")))
        .isEqualTo("ERR_NGROK_250");
  }

  @Test
  void findsEndpointsByBindingAndByTheOlderParameters() {
    String id =
        created(
                "/endpoints",
                "url",
                "https://a.clinic1.internal",
                "bindings",
                List.of("internal"),
                "traffic_policy",
                DENY)
            .id();
    assertThat(filtered("/endpoints", "obj.binding == 'internal'").body().get("endpoints"))
        .hasSize(1);
    assertThat(filtered("/endpoints", "'internal' in obj.bindings").body().get("endpoints"))
        .hasSize(1);
    assertThat(filtered("/endpoints", "obj.pooling_enabled").body().get("endpoints")).isEmpty();
    assertThat(filtered("/endpoints", "obj.pooling_enabled == false").body().get("endpoints"))
        .hasSize(1);
    assertThat(client.get("/endpoints?id=ep_x&id=" + id).body().get("endpoints")).hasSize(1);
    assertThat(client.get("/endpoints?url=https://b.internal").body().get("endpoints")).isEmpty();
  }
}
