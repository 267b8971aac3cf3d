package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.ngrok.Token;
import org.junit.jupiter.api.Test;

/** What the site's network asks of the agent, in the site kit. */
class SiteNetworkTest {
  private static final String PROXY = "http://clinic1@proxy.clinic1.lan:3128";
  private static final String OTHER = "http://clinic1@other.clinic1.lan:3128";
  private static final Token TOKEN = new Token("token of cr_1");
  private static final Verdict MISSING = Verdict.no(Reason.ReferenceNotFound, "not there");

  @Test
  void everythingIsInTheFileAndInItsHash() {
    ClinicScene plain = scene(clinic("clinic1"));
    ClinicScene scene =
        scene(clinic("clinic1").proxy(PROXY).network("host", "20s", "192.168.1.1", "fd00::1"));

    assertThat(file(scene))
        .contains("proxy_url: \"" + PROXY + "\"", "connect_cas: \"host\"")
        .contains("dns_resolver_ips:\n    - \"192.168.1.1\"\n    - \"fd00::1\"")
        .contains("heartbeat_interval: \"20s\"");
    assertThat(file(plain))
        .doesNotContain("proxy_url", "connect_cas", "dns_resolver_ips", "heartbeat_interval");
    assertThat(hash(scene)).isNotEqualTo(hash(plain));
  }

  @Test
  void thePasswordIsInTheFileAndNotInWhatIsPrinted() {
    ClinicScene scene = login(PROXY).proxyPassword("p@ss");

    assertThat(file(scene)).contains("http://clinic1:p%40ss@proxy.clinic1.lan:3128");
    assertThat(scene.observe().toString()).doesNotContain("p@ss", "p%40ss");
    assertThat(scene.decide().status().toString()).doesNotContain("p@ss", "p%40ss");
  }

  @Test
  void anotherPasswordIsAnotherConfiguration() {
    assertThat(hash(login(PROXY).proxyPassword("one")))
        .isEqualTo(hash(login(PROXY).proxyPassword("one")))
        .isNotEqualTo(hash(login(PROXY).proxyPassword("two")));
  }

  @Test
  void withoutItsPasswordThereIsNoSiteKitAndNoToken() {
    ClinicScene scene = login(PROXY).withoutProxyPassword(MISSING);
    ClinicDecision decision = scene.decide();

    assertThat(decision.siteKit()).isEmpty();
    assertThat(ClinicScene.text(decision.remote())).noneMatch(s -> s.contains("credentials"));
    assertThat(decision.assessment().get(ConditionType.ResolvedRefs)).contains(MISSING);
  }

  @Test
  void thePublishedPasswordStaysWhileTheSecretIsMissing() {
    String published = file(login(PROXY).proxyPassword("p@ss"));

    ClinicScene later = login(PROXY).withoutProxyPassword(MISSING).published("cr_1", published);

    assertThat(file(later)).isEqualTo(published);
    assertThat(later.decide().assessment().get(ConditionType.ResolvedRefs)).contains(MISSING);
  }

  @Test
  void thePublishedPasswordIsNotSentToAnotherProxy() {
    String published = file(login(PROXY).proxyPassword("p@ss"));

    assertThat(
            SiteKitContent.of(
                login(OTHER).withoutProxyPassword(MISSING).published("cr_1", published).observe()))
        .isEmpty();
    assertThat(
            SiteKitContent.of(
                login(PROXY)
                    .withoutProxyPassword(MISSING)
                    .published("cr_1", "agent: hunter2")
                    .observe()))
        .isEmpty();
  }

  private static ClinicScene login(String proxy) {
    return scene(clinic("clinic1").proxy(proxy).proxyPassword("site-proxy", "password"));
  }

  private static ClinicScene scene(ClinicBuilder clinic) {
    return ClinicScene.of(clinic.build()).user();
  }

  private static String file(ClinicScene scene) {
    return SiteKitContent.of(scene.observe()).orElseThrow().files(TOKEN).get(SiteKitSecret.CONFIG);
  }

  private static String hash(ClinicScene scene) {
    return SiteKitContent.of(scene.observe()).orElseThrow().hash(TOKEN);
  }
}
