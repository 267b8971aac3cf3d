package dev.clinicnet.operator.agent;

import static dev.clinicnet.operator.api.schema.GeneratedFile.assertCurrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.ngrok.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts for a technician: {@code README.txt} and {@code HELP.txt}. */
class InstallGuideTest {
  private static final Path GOLDEN = Path.of("src/test/resources/agent");
  private static final String CONTACT = "Service desk, +1 555 0100";
  private static final int SCREEN = 30;

  @Test
  void clinic1HasTheGoldenFiles() throws IOException {
    assertCurrent(
        GOLDEN.resolve("clinic1.README.txt"), InstallGuide.text(Configs.clinic1(), CONTACT));
    assertCurrent(GOLDEN.resolve("clinic1.HELP.txt"), HelpText.text(Configs.clinic1(), ""));
  }

  @Test
  void theyNeverHoldASecretAndFitAScreen() {
    for (int seed = 0; seed < 300; seed++) {
      AgentConfig config = Configs.random(new Random(seed));
      String guide = InstallGuide.text(config, CONTACT);

      assertThat(guide.lines().count()).isLessThanOrEqualTo(SCREEN);
      assertThat(guide + HelpText.text(config, CONTACT))
          .doesNotContain(Configs.TOKEN, Configs.PROXY_PASSWORD);
    }
  }

  @Test
  void noLineIsLongerThanATerminalOrAPrinterShows() {
    for (int seed = 0; seed < 300; seed++) {
      AgentConfig config = Configs.random(new Random(seed));

      assertThat(
              Stream.of(
                      InstallGuide.text(config, "x".repeat(200)),
                      HelpText.text(config, "x".repeat(200)))
                  .flatMap(String::lines))
          .filteredOn(line -> !holdsALongName(line))
          .allMatch(line -> line.codePointCount(0, line.length()) <= Lines.WIDTH);
    }
  }

  @Test
  void theyNameTheConnectURLTheContactAndWhatThePairNeeds() {
    assertThat(InstallGuide.text(Configs.clinic1(), CONTACT))
        .contains("connect.acme.com:443", "crl.ngrok-agent.com:80", "ONE machine")
        .contains("Questions: " + CONTACT, "version 3.36.1 or newer");
    assertThat(InstallGuide.text(AgentFileTest.redundant(Configs.clinic1()), ""))
        .contains("TWO machines", "Let both machines connect", "the person who sent you this kit")
        .doesNotContain("ONE machine");
  }

  @Test
  void theLastCheckPrintsTheHashOfTheFile() {
    AgentConfig config = Configs.clinic1();

    assertThat(InstallGuide.text(config, CONTACT))
        .contains(config.configHash(), "{.status.siteKit.installedHash}");
    assertThat(HelpText.text(config, CONTACT))
        .contains("must print " + config.configHash(), "{.status.siteKit.installedHash}");
  }

  @Test
  void everyUpstreamHasATestOfItsReachability() {
    assertThat(HelpText.text(Configs.clinic1(), CONTACT))
        .contains("nc -vz -w 5 192.168.1.101 5432", "nc -vz -w 5 192.168.1.100 8080")
        .contains("Test-NetConnection 192.168.1.102 -Port 3001");
  }

  @Test
  void theyNameTheProxyTheAuthoritiesAndTheDNSServersOfTheSite() {
    AgentConfig config =
        new AgentConfig(
            "ns/c",
            null,
            "i",
            "c.internal",
            new Token("t"),
            null,
            new SiteNetwork(
                new AgentProxy("http://u@proxy.lan:3128", new SecretValue("hunter2")),
                "/etc/ngrok/proxy-ca.pem",
                List.of("192.168.1.53"),
                null),
            false,
            List.of(),
            null);

    assertThat(InstallGuide.text(config, CONTACT))
        .contains("through the proxy proxy.lan:3128:", "/etc/ngrok/proxy-ca.pem")
        .doesNotContain("hunter2", "u@");
    assertThat(HelpText.text(config, CONTACT))
        .contains("  proxy.lan:3128\n", "  /etc/ngrok/proxy-ca.pem\n", "  192.168.1.53\n")
        .doesNotContain("hunter2", "u@", "must not decrypt");
    assertThat(HelpText.text(Configs.clinic1(), CONTACT)).contains("must not decrypt");
  }

  @Test
  void theySayWhichPackageToTakeAndWhereTheLogIs() {
    assertThat(HelpText.text(Configs.clinic1(), CONTACT))
        .contains("ZIP or MSI", "Do not use the Store", "The snap package", "do not move either")
        .contains("Event Viewer", "journalctl -u ngrok", "log show", "3.36.1 or newer");
    assertThat(InstallGuide.text(Configs.clinic1(), CONTACT))
        .contains("not from snap", "Leave the program and the installed file where they are");
  }

  @Test
  void errorsOfTheAgentAreExplained() {
    assertThat(HelpText.text(Configs.clinic1(), CONTACT))
        .contains("ERR_NGROK_105, 107", "ERR_NGROK_300", "316", "ERR_NGROK_334", "324", "8012");
  }

  @Test
  void theyFallBackToNgroksConnectURLAndTheClinicsName() {
    AgentConfig config =
        new AgentConfig(
            "ns/c",
            " \n ",
            "i",
            "c.internal",
            new Token("t"),
            null,
            SiteNetwork.OPEN,
            false,
            List.of(),
            null);
    assertThat(InstallGuide.text(config, CONTACT))
        .startsWith("Connecting c\n")
        .contains("connect.ngrok-agent.com:443");
    assertThat(HelpText.text(config, CONTACT)).contains("There are no services yet.");
  }

  /** A name is part of a command, so it cannot be broken. */
  private static boolean holdsALongName(String line) {
    return Stream.of(line.strip().split(" ")).anyMatch(word -> word.length() > 30);
  }
}
