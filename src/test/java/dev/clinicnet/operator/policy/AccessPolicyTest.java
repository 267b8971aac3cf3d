package dev.clinicnet.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of access, each as the action that it becomes. */
class AccessPolicyTest {
  private static final List<String> NONE = List.of();
  private static final Login.Client CLIENT =
      new Login.Client("fake-id", "${secrets.get('vault', 'secret')}");

  /** Without an allow entry, only the IP policy admits clients. All others must stay outside. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 | 1 | {enforce=true, ip_policies=[ipp_1]}",
        "0 | 1 | 1 | {deny=[192.0.2.0/24], enforce=true, ip_policies=[ipp_1]}",
        "1 | 0 | 1 | {allow=[203.0.113.0/24], enforce=true, ip_policies=[ipp_1]}",
        "1 | 1 | 1 | {allow=[203.0.113.0/24], deny=[192.0.2.0/24], enforce=true,"
            + " ip_policies=[ipp_1]}",
        "1 | 1 | 0 | {allow=[203.0.113.0/24], deny=[192.0.2.0/24], enforce=true}",
        "0 | 1 | 0 | {allow=[0.0.0.0/0, ::/0], deny=[192.0.2.0/24], enforce=true}",
      })
  void onlyADenyListAloneAdmitsEverybodyElse(int allow, int deny, int policies, String config) {
    AddressRestriction restriction =
        AddressRestriction.of(
            List.of("203.0.113.0/24").subList(0, allow),
            List.of("192.0.2.0/24").subList(0, deny),
            List.of("ipp_1").subList(0, policies));

    assertThat(restriction.action().orElseThrow().type()).isEqualTo("restrict-ips");
    assertThat(restriction.action().orElseThrow().config()).hasToString(config);
  }

  @Test
  void whatIsListedTwiceStandsOnceAndNothingIsNoAction() {
    assertThat(AddressRestriction.of(NONE, NONE, NONE).action()).isEmpty();
    assertThat(
            AddressRestriction.of(
                    List.of("2001:DB8:0::/32", "2001:db8::/32"), NONE, List.of("ipp_1", "ipp_1"))
                .action()
                .orElseThrow()
                .config())
        .hasToString("{allow=[2001:db8::/32], enforce=true, ip_policies=[ipp_1]}");
  }

  @Test
  void certificatesNeedAnAuthority() {
    assertThat(new ClientCertificates(List.of("PEM"), "request").action().config())
        .isEqualTo(
            Map.of(
                "mutual_tls_certificate_authorities",
                List.of("PEM"),
                "mutual_tls_verification_strategy",
                "request"));
    assertThatThrownBy(() -> new ClientCertificates(NONE, "request"))
        .hasMessageStartingWith("mutualTLS: ");
    assertThatThrownBy(() -> new ClientCertificates(List.of("${x}"), "request"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRateIsCountedInASlidingWindow() {
    Action action = new RequestRate("clinics/web", 5, "60s", RequestRate.CLIENT_ADDRESS).action();

    assertThat(action.type()).isEqualTo("rate-limit");
    assertThat(action.config())
        .hasToString(
            "{algorithm=sliding_window, bucket_key=[conn.client_ip], capacity=5,"
                + " name=clinics/web, rate=60s}");
  }

  @Test
  void aLoginWithoutListsLetsEveryUserIn() {
    Login login = Login.oauth("github", Optional.empty(), NONE, NONE, NONE);

    assertThat(login.users()).isEmpty();
    assertThat(login.action().config()).hasToString("{provider=github}");
  }

  @Test
  void usersOfEitherListAreLetIn() {
    assertThat(
            Login.oauth(
                    "google",
                    Optional.of(CLIENT),
                    List.of("email"),
                    List.of("clinicnet.com", "clinicnet.com"),
                    List.of("ann@partner.com"))
                .users())
        .contains(
            "actions.ngrok.oauth.identity.email == 'ann@partner.com' ||"
                + " actions.ngrok.oauth.identity.email.endsWith('@clinicnet.com')");
    assertThat(
            Login.oidc("https://id.example.com", CLIENT, NONE, List.of("clinicnet.com"), NONE)
                .users())
        .contains("actions.ngrok.oidc.identity.email.endsWith('@clinicnet.com')");
  }

  @Test
  void anOpenIDLoginNamesItsIssuerAndClient() {
    Action action =
        Login.oidc("https://id.example.com", CLIENT, List.of("email"), NONE, NONE).action();

    assertThat(action.type()).isEqualTo("openid-connect");
    assertThat(action.config())
        .hasToString(
            "{client_id=fake-id, client_secret=${secrets.get('vault', 'secret')},"
                + " issuer_url=https://id.example.com, scopes=[email]}");
  }

  @Test
  void aTokenIsReadFromItsHeader() {
    Action action =
        Login.jwt(
                List.of("https://id.example.com"),
                List.of("records"),
                List.of("https://id.example.com/keys"),
                List.of("RS256"),
                "jwt",
                "Authorization",
                "Bearer ")
            .action();

    assertThat(
            new TrafficPolicy(Map.of(Phase.ON_HTTP_REQUEST, List.of(Rule.always("", action))))
                .toJson())
        .contains("\"audience\":{\"allow_list\":[{\"value\":\"records\"}]}")
        .contains("\"issuer\":{\"allow_list\":[{\"value\":\"https://id.example.com\"}]}")
        .contains("\"allowed_algorithms\":[\"RS256\"]")
        .contains("\"additional_jkus\":[\"https://id.example.com/keys\"]")
        .contains(
            "{\"method\":\"header\",\"name\":\"Authorization\",\"prefix\":\"Bearer"
                + " \",\"type\":\"jwt\"}");
  }

  @Test
  void aTokenForAnybodyInAHeaderOfItsOwnHasNeitherAudienceNorPrefix() {
    List<String> urls = List.of("https://id.example.com");

    assertThat(
            Login.jwt(urls, NONE, urls, List.of("ES256"), "jwt", "X-Token", "")
                .action()
                .config()
                .toString())
        .doesNotContain("audience", "prefix");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${x}", "a${secrets.get('other', 'secret')}"})
  void noValueOfAManifestIsEvaluated(String value) {
    List<String> values = List.of(value);
    List<Runnable> uses =
        List.of(
            () -> Login.oidc(value, CLIENT, NONE, NONE, NONE),
            () -> Login.oidc("https://a.b", new Login.Client(value, "s"), NONE, NONE, NONE),
            () -> Login.oidc("https://a.b", CLIENT, values, NONE, NONE),
            () -> Login.oidc("https://a.b", CLIENT, NONE, values, NONE),
            () -> Login.oidc("https://a.b", CLIENT, NONE, NONE, values),
            () -> Login.jwt(values, NONE, NONE, NONE, "jwt", "A", ""),
            () -> Login.jwt(NONE, values, NONE, NONE, "jwt", "A", ""),
            () -> Login.jwt(NONE, NONE, values, NONE, "jwt", "A", ""),
            () -> Login.basicAuth(value, Map.of()),
            () -> Login.basicAuth("realm", Map.of(value, "s")));

    assertThat(uses)
        .allSatisfy(
            use ->
                assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("which ngrok would evaluate"));
  }
}
