package dev.clinicnet.operator.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.clinicnet.operator.cli.plan.AccountListing;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.policy.DenyAll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsesTest {
  @Test
  void aDomainIsUsedByWhatIsAtItOrBelowAWildcard() {
    Endpoint one = cloud("1", "https://one.api.example.com", deny());
    Endpoint deep = cloud("2", "https://a.b.api.example.com:443", deny());
    Uses uses = uses(one, deep);

    assertThat(by(uses.of(domain("*.api.example.com")))).containsExactly("ep_1", "ep_2");
    assertThat(by(uses.of(domain("one.api.example.com")))).containsExactly("ep_1");
    assertThat(by(uses.of(domain("api.example.com")))).isEmpty();
    assertThat(by(uses.of(domain("*.two.example.com")))).isEmpty();
  }

  @Test
  void anAddressIsUsedByTheEndpointOnIt() {
    Uses uses = uses(cloud("1", "tcp://1.tcp.ngrok.io:20000", deny()));

    assertThat(by(uses.of(address("1.tcp.ngrok.io:20000")))).containsExactly("ep_1");
    assertThat(by(uses.of(address("1.tcp.ngrok.io:20001")))).isEmpty();
  }

  @Test
  void aUserIsUsedByItsCredentialsAndAVaultByItsSecrets() {
    VaultSecret secret =
        new VaultSecret("vs_1", null, "db/key", null, null, new Ref("vault_1", ""), "v");
    Endpoint reader = cloud("1", "https://a.example.com", "{\"x\":\"secrets.get('v', 'db/key')\"}");
    Uses uses =
        uses(reader, secret, new Credential("cr_1", null, null, null, List.of(), "bot_1", null));

    assertThat(by(uses.of(new ServiceUser("bot_1", null, "x", true)))).containsExactly("cr_1");
    assertThat(by(uses.of(new ServiceUser("bot_2", null, "y", true)))).isEmpty();
    assertThat(by(uses.of(new Vault("vault_1", null, "v", null, null)))).containsExactly("vs_1");
    assertThat(by(uses.of(secret))).containsExactly("ep_1");
  }

  @Test
  void anEndpointIsIdleOnlyIfNobodyCanGetAnswersThroughIt() {
    String url = "https://a.example.com";
    Endpoint denying = cloud("1", url, DenyAll.at(url).toJson());
    Endpoint answering = cloud("2", url, "{\"on_http_request\":[{\"actions\":[]}]}");
    Endpoint nowhere = cloud("3", url, forward("https://gone.one.internal"));
    Endpoint outwards = cloud("4", url, forward("https://elsewhere.example.com"));
    Endpoint unclear = cloud("5", url, forward("https://${req.host}.one.internal"));
    Endpoint served = cloud("6", url, forward("https://here.two.internal"));
    Endpoint wildcard = cloud("7", "https://*.two.internal", DenyAll.at("https://x").toJson());
    Uses uses = uses(denying, answering, nowhere, outwards, unclear, served, wildcard);

    assertThat(uses.of(denying)).isEmpty();
    assertThat(words(uses.of(answering))).containsExactly("it answers clients itself");
    assertThat(uses.of(nowhere)).isEmpty();
    assertThat(words(uses.of(outwards))).hasSize(1);
    assertThat(words(uses.of(unclear))).hasSize(1);
    assertThat(words(uses.of(served))).containsExactly("it forwards to https://here.two.internal");
    assertThat(by(uses.of(wildcard))).containsExactly("ep_6");
  }

  @Test
  void aBigAccountTakesSeconds() {
    List<RemoteObject> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String site = "site" + i;
      rows.add(
          cloud(
              site,
              "https://" + site + ".example.com",
              forward("https://api." + site + ".internal")));
      rows.add(cloud("i" + site, "https://api." + site + ".internal", deny()));
      rows.add(domain(site + ".example.com"));
      rows.add(address("1.tcp.ngrok.io:" + i));
      rows.add(new Credential("cr_" + i, null, null, null, List.of(), "bot_" + i, null));
      rows.add(new ServiceUser("bot_" + i, null, site, true));
    }

    List<Holding> holdings =
        assertTimeout(
            Duration.ofSeconds(20), () -> Holdings.of(listing(rows), null, KnownManifests.NONE));

    assertThat(holdings).hasSize(60_000);
    assertThat(holdings).filteredOn(holding -> !holding.uses().isEmpty()).hasSize(40_000);
  }

  private static Uses uses(RemoteObject... rows) {
    return new Uses(listing(List.of(rows)));
  }

  private static AccountListing listing(List<RemoteObject> rows) {
    Map<Resource<?, ?, ?>, List<RemoteObject>> byResource = new LinkedHashMap<>();
    rows.forEach(
        row -> byResource.computeIfAbsent(Resource.of(row), r -> new ArrayList<>()).add(row));
    return new AccountListing(new LinkedHashMap<>(byResource));
  }

  private static List<String> by(List<Holding.Use> uses) {
    return uses.stream().map(Holding.Use::by).toList();
  }

  private static List<String> words(List<Holding.Use> uses) {
    return uses.stream().map(Holding.Use::words).toList();
  }

  private static String deny() {
    return "{\"on_http_request\":[{\"actions\":[{\"type\":\"deny\"}]}]}";
  }

  private static String forward(String url) {
    return "{\"on_http_request\":[{\"actions\":[" + MixedAccount.forward(url) + "]}]}";
  }

  private static Endpoint cloud(String id, String url, String policy) {
    return new Endpoint(
        "ep_" + id,
        null,
        "cloud",
        url,
        null,
        null,
        null,
        null,
        policy,
        null,
        null,
        null,
        null,
        null);
  }

  private static ReservedDomain domain(String name) {
    return new ReservedDomain("rd_" + name, null, name, null, null, null, null, null, null, null);
  }

  private static ReservedAddr address(String addr) {
    return new ReservedAddr("ra_" + addr, null, addr, "us", null, null);
  }
}
