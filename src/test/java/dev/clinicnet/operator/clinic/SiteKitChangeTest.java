package dev.clinicnet.operator.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SiteKitChangeTest {
  private static final String OLD =
      """
      agent: {authtoken: fake-one, metadata: m1, connect_url: "a:443"}
      endpoints:
        - {name: api, url: "https://api.c.internal", upstream: {url: "http://10.0.0.1:80"}}
        - {name: db, url: "tcp://db.c.internal:5432"}
      """;

  @Test
  void aFirstKitIsReady() {
    assertThat(SiteKitChange.describe(secret(Map.of()), files("fake-one", OLD, "read me")))
        .isEqualTo("The site kit is ready: install it at the site.");
  }

  @Test
  void everyChangeIsNamedAndNoValueIs() {
    String now =
        """
        agent: {authtoken: fake-two, metadata: m2, web_addr: "localhost:4040"}
        endpoints:
          - {name: api, url: "https://api.c.internal", upstream: {url: "http://10.0.0.9:80"}}
          - {name: web, url: "https://web.c.internal"}
        """;

    assertThat(
            SiteKitChange.describe(
                secret(files("fake-one", OLD, "read me")), files("fake-two", now, "read me")))
        .isEqualTo(
            "The site kit changed: the authtoken is new, setting agent.connect_url is gone, setting"
                + " agent.web_addr is new, endpoint api changed, endpoint db is gone, endpoint web"
                + " is new. Install it at the site again.");
  }

  @Test
  void newInstructionsAreNothingToInstall() {
    assertThat(
            SiteKitChange.describe(
                secret(files("fake-one", OLD, "read me")), files("fake-one", OLD, "read this")))
        .isEqualTo(
            "Only the instructions in the site kit changed: nothing has to be installed again.");
  }

  @Test
  void aFileThatSomebodyBrokeIsSaidToBeSo() {
    assertThat(
            SiteKitChange.describe(
                secret(files("fake-one", "- no: [kit", "read me")),
                files("fake-one", OLD, "read me")))
        .contains("the agent's configuration was missing or unreadable");
  }

  private static Map<String, String> files(String token, String config, String readme) {
    return Map.of(
        SiteKitSecret.TOKEN, token, SiteKitSecret.CONFIG, config, SiteKitSecret.README, readme);
  }

  private static SiteKitSecret secret(Map<String, String> files) {
    return SiteKitSecret.of(
        Optional.of(
            new SecretBuilder()
                .withNewMetadata()
                .addToAnnotations(SiteKitSecret.CLINIC, "north/c")
                .endMetadata()
                .withData(SecretText.data(files))
                .build()),
        "north/c");
  }
}
