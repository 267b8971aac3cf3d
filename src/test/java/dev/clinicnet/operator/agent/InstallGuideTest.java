package dev.clinicnet.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.Token;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstallGuideTest {

  @Test
  void clinic1IsTheGoldenFile() throws IOException {
    assertThat(InstallGuide.text(Configs.clinic1()))
        .isEqualTo(AgentFileTest.resource("/agent/clinic1.README.txt"));
  }

  @Test
  void itNeverHoldsTheToken() {
    for (int seed = 0; seed < 300; seed++) {
      assertThat(InstallGuide.text(Configs.random(new Random(seed)))).doesNotContain(Configs.TOKEN);
    }
  }

  @Test
  void namesTheConnectURLAndWhatThePairNeeds() {
    assertThat(InstallGuide.text(Configs.clinic1()))
        .contains("connect.acme.com:443", "crl.ngrok-agent.com:80", "Install it on ONE machine");
    assertThat(InstallGuide.text(AgentFileTest.redundant(Configs.clinic1())))
        .contains("TWO agents", "from both machines")
        .doesNotContain("ONE machine");
  }

  @Test
  void fallsBackToNgroksConnectURLAndTheClinicsName() {
    AgentConfig config =
        new AgentConfig(
            "ns/c", " \n ", "i", "c.internal", new Token("t"), null, false, List.of(), null);
    assertThat(InstallGuide.text(config))
        .startsWith("Connecting c\n")
        .contains("connect.ngrok-agent.com:443", "no services yet");
  }

  @Test
  void noLineIsTooLongForATerminalExceptCommands() {
    assertThat(InstallGuide.text(Configs.clinic1()).lines().filter(l -> !l.startsWith("  ")))
        .allMatch(line -> line.length() <= 100);
  }
}
