package dev.clinicnet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.simulator.SimulatorClient.Answer;
import org.junit.jupiter.api.Test;

class ReservedAddrsTest extends SimulatorTest {

  @Test
  void givesOutAnAddressOfTheRegion() {
    assertThat(created("/reserved_addrs").text("addr")).matches("1\\.tcp\\.ngrok\\.io:2\\d{4}");
    Answer europe = created("/reserved_addrs", "region", "eu");
    assertThat(europe.text("addr")).startsWith("1.tcp.eu.ngrok.io:");
    assertThat(europe.text("region")).isEqualTo("eu");
    assertThat(refusal("/reserved_addrs", "region", "mars")).isEqualTo("ERR_NGROK_500");
  }

  @Test
  void takesAnEmptyRegionForNone() {
    assertThat(created("/reserved_addrs", "region", "").text("region")).isEqualTo("us");
  }

  @Test
  void neverGivesOutAReleasedAddressAgain() {
    Answer first = created("/reserved_addrs");
    client.delete("/reserved_addrs/" + first.id());
    assertThat(created("/reserved_addrs").text("addr")).isNotEqualTo(first.text("addr"));
    client.delete("/_simulator/state");
    assertThat(created("/reserved_addrs").text("addr")).isNotEqualTo(first.text("addr"));
  }

  @Test
  void patchesDescriptionAndMetadataOnly() {
    String path =
        "/reserved_addrs/" + created("/reserved_addrs", "description", "d", "metadata", "m").id();
    assertThat(patchRefusal(path)).isEqualTo("ERR_NGROK_506");
    assertThat(patchRefusal(path, "region", "eu")).isEqualTo("ERR_NGROK_214");
    assertThat(patchRefusal(path, "description", "x".repeat(256))).isEqualTo("ERR_NGROK_504");
    assertThat(patchRefusal(path, "metadata", "x".repeat(4097))).isEqualTo("ERR_NGROK_505");
    Answer patched = client.patch(path, "{\"description\":\"\"}");
    assertThat(patched.body().has("description")).isFalse();
    assertThat(patched.text("metadata")).isEqualTo("m");
  }

  @Test
  void stopsAtThePlanLimit() {
    client.post("/_simulator/plan-limits", "{\"reserved_addrs\":1}");
    created("/reserved_addrs");
    assertThat(refusal("/reserved_addrs")).isEqualTo("ERR_NGROK_502");
  }
}
