package dev.clinicnet.operator.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.cli.CommandRun;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.testkit.NgrokAccount;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code import} does not understand: each is listed with a reason, and gets no manifest. */
class NotImportedTest {
  private static final String HOST = "web.api.example.com";
  private static final String FORWARD =
      "{type: forward-internal, config: {url: 'https://web.one.internal'}}";

  private final NgrokAccount account = NgrokAccount.open();

  @TempDir private Path temporary;

  @BeforeEach
  void reserve() {
    account.call("POST", "/reserved_domains", "{\"domain\": \"*.api.example.com\"}");
  }

  @AfterEach
  void close() {
    account.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          [{actions: [{type: custom-response, config: {status_code: 200}}]}] | forwards to no internal endpoint
          [{expressions: ["req.method == 'GET'"], actions: [{type: forward-internal, config: {url: 'https://a.one.internal'}}]}, {actions: [{type: forward-internal, config: {url: 'https://b.one.internal'}}]}] | leads to several internal endpoints (https://a.one.internal, https://b.one.internal)
          [{actions: [{type: forward-internal, config: {url: 'https://${req.host}.internal'}}]}] | which is not one internal endpoint
          [{actions: [{type: forward-internal, config: {url: 'https://api.internal'}}]}] | has no label for a site
          [{actions: [{type: basic-auth, config: {credentials: ['ann:plantedPassword77']}}]}, {actions: [F]}] | looks like a secret
          [{actions: [{type: add-headers, config: {headers: {authorization: 'Bearer plantedPassword77'}}}]}, {actions: [F]}] | looks like a secret
          [{actions: [{type: add-headers, config: {headers: {x: "${secrets.get('v', 'n')}"}}}]}, {actions: [F]}] | may not stand in a manifest
          [{expressions: ["req.method == 'GET'"], actions: [{type: http-request, config: {url: 'https://audit.two.internal'}}]}, {actions: [F]}] | leads to several internal endpoints
          [{actions: [{type: forward-internal, config: {url: 'https://web.one.internal', on_error: continue}}]}, {actions: [{type: deny}]}] | may not stand in a manifest
          """)
  void policiesThatAManifestCannotHold(String rules, String reason) {
    endpoint("https://" + HOST, "{on_http_request: " + rules.replace("F]", FORWARD + "]") + "}");

    String out = run();

    assertThat(out)
        .containsPattern("endpoint https://" + HOST + " \\(ep_\\w+\\): .*")
        .contains(reason)
        .contains("0 Clinics")
        .doesNotContain("plantedPassword77");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://*.api.example.com      | It serves a wildcard
          https://deep.web.api.example.com | exactly one label above
          http://web.api.example.com     | no public endpoint of this scheme
          """)
  void urlsThatAServiceCannotHave(String url, String reason) {
    endpoint(url, "{on_http_request: [{actions: [" + FORWARD + "]}]}");

    assertThat(run()).contains(reason, "0 Clinics");
  }

  @Test
  void leftovers() {
    account.call("POST", "/reserved_addrs", "{\"region\": \"us\"}");
    account.call("POST", "/service_users", "{\"name\": \"Nobody's bot\", \"active\": true}");
    account.call(
        "POST", "/credentials", "{\"description\": \"ci\", \"acl\": [\"bind:ci.example.net\"]}");
    account.call("POST", "/credentials", "{\"description\": \"the old one\"}");

    assertThat(run())
        .contains("TCP address 1.tcp.ngrok.io:20000", "No imported service listens on it")
        .contains("domain *.api.example.com", "No imported service uses it")
        .contains("service user Nobody's bot", "It owns no credential of an imported site")
        .contains(
            "credential ci", "It binds no name of an imported site alone (bind:ci.example.net)")
        .contains("credential the old one", "It may bind every name of the account")
        .contains("5 objects not imported");
  }

  /** The operator would refuse the Clinics, because the token could bind the names of both. */
  @Test
  void sitesWithOneTokenForBoth() {
    forwarding("one");
    forwarding("two");
    account.call(
        "POST", "/credentials", "{\"acl\": [\"bind:*.one.internal\", \"bind:*.two.internal\"]}");

    assertThat(run())
        .contains("may bind names of its internal domain one.internal and of others")
        .contains("may bind names of its internal domain two.internal and of others")
        .contains("0 Clinics");
  }

  @Test
  void sitesBelowOneDomain() {
    endpoint(
        "https://" + HOST,
        "{on_http_request: [{actions: [{type: forward-internal, config: {url:"
            + " 'https://lakeside.sites.internal'}}]}]}");
    for (String site : new String[] {"lakeside", "hillside"}) {
      account.call("POST", "/credentials", "{\"acl\": [\"bind:" + site + ".sites.internal\"]}");
    }

    assertThat(run()).contains("probably of different sites", "0 Clinics");
  }

  @Test
  void aSecondEndpointForOneTarget() {
    forwarding("one");
    endpoint(
        "https://other.api.example.com",
        "{on_http_request: [{actions: [{type: forward-internal, config: {url:"
            + " 'https://web.one.internal'}}]}]}");

    assertThat(run())
        .contains("endpoint https://other.api.example.com", "as https://one.api.example.com does")
        .containsOnlyOnce("\n  one-web:")
        .contains("1 Clinic and 1 ClinicService");
  }

  /** An agent that serves clients itself has no internal endpoint to forward to. */
  @Test
  void anAgentsPublicEndpoint() {
    String token =
        account
            .call("POST", "/credentials", "{\"acl\": [\"bind:*.api.example.com\"]}")
            .path("token")
            .asText();
    account.connectAgent(
        """
        version: 3
        agent: {authtoken: %s}
        endpoints: [{name: web, url: "https://%s", upstream: {url: 8080}}]
        """
            .formatted(token, HOST));

    assertThat(run()).contains("An agent binds the public URL itself", "agent session ts_");
  }

  @Test
  void whatCarriesAMark() {
    Mark mark = Mark.of("theirs", new Owner("ClinicService", "a", "web"), "uid", "one");
    account.call(
        "POST",
        "/endpoints",
        "{\"type\": \"cloud\", \"url\": \"https://"
            + HOST
            + "\", \"metadata\": \""
            + mark.text().replace("\"", "\\\"")
            + "\", \"traffic_policy\": \"on_http_request: [{actions: [{type: deny}]}]\"}");

    assertThat(run())
        .contains("Left out: 1 object with a mark of instance theirs.")
        .doesNotContain("endpoint https://");
  }

  private void forwarding(String site) {
    endpoint(
        "https://" + site + ".api.example.com",
        "{on_http_request: [{actions: [{type: forward-internal, config: {url: 'https://web."
            + site
            + ".internal'}}]}]}");
  }

  private void endpoint(String url, String policy) {
    account.call(
        "POST",
        "/endpoints",
        "{\"type\": \"cloud\", \"url\": \""
            + url
            + "\", \"traffic_policy\": \""
            + policy.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\"}");
  }

  private String run() {
    CommandRun run = CommandRun.on(account.url(), "import", temporary.resolve("out").toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return run.out();
  }
}
