package dev.clinicnet.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {
  private static final Owner OWNER = new Owner("Clinic", "clinics", "clinic1");
  private static final Mark PLAIN = Mark.of("i", OWNER, "uid", "clinic1");

  static Stream<Mark> marks() {
    return Stream.of(
        PLAIN,
        PLAIN.withNonce("n"),
        PLAIN.retained(),
        PLAIN.withNonce("n").retired(Instant.parse("2026-01-01T00:00:00.123Z")),
        Mark.of("i", new Owner("ClinicService", "clinics", "a\"b\\c"), null, null),
        PLAIN.withVersion("uid/17").retained(),
        Mark.shared("i"));
  }

  @ParameterizedTest
  @MethodSource("marks")
  void readsBackWhatItWrites(Mark mark) {
    assertThat(Mark.parse(mark.text())).contains(mark);
    assertThat(mark.text()).startsWith("{\"managedBy\":\"clinic-operator\"").doesNotContain("null");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "owner: ops",
        "{",
        "{}",
        "[]",
        "null",
        "\"clinic-operator\"",
        "{\"managedBy\":\"clinic-operator\"}",
        "{\"managedBy\":\"ngrok-operator\",\"instance\":\"i\"}",
        "{\"managedBy\":null,\"instance\":\"i\"}",
        "{\"managedBy\":\"clinic-operator\",\"instance\":null}",
        "{\"managedBy\":\"clinic-operator\",\"instance\":{\"a\":1}}",
        "{\"managedBy\":\"clinic-operator\",\"instance\":\"i\"",
      })
  void metadataThatIsNotOursIsNoMark(String metadata) {
    assertThat(Mark.parse(metadata)).isEmpty();
  }

  @Test
  void toleratesMembersOfLaterVersionsAndAnyOrder() {
    assertThat(
            Mark.parse(
                "{ \"later\": [1], \"name\":\"clinic1\",\"namespace\":\"clinics\","
                    + "\"kind\":\"Clinic\",\"instance\":\"i\",\"managedBy\":\"clinic-operator\"}"))
        .flatMap(Mark::owner)
        .contains(OWNER);
  }

  @Test
  void belongsToTheManifestOfItsInstanceWhateverTheUID() {
    assertThat(PLAIN.isOf("i", OWNER)).isTrue();
    assertThat(Mark.of("i", OWNER, "another uid", "clinic1").isOf("i", OWNER)).isTrue();
    assertThat(PLAIN.isOf("j", OWNER)).isFalse();
    assertThat(PLAIN.isOf("i", new Owner("Clinic", "clinics", "clinic2"))).isFalse();
    assertThat(PLAIN.isOf("i", new Owner("ClinicService", "clinics", "clinic1"))).isFalse();
    assertThat(Mark.shared("i").isOf("i", OWNER)).isFalse();
    assertThat(Mark.shared("i").owner()).isEmpty();
  }

  @Test
  void isActiveUntilItIsRetiredOrRetained() {
    Mark retired = PLAIN.withNonce("n").retired(Instant.EPOCH);

    assertThat(PLAIN.isActive()).isTrue();
    assertThat(retired.isActive()).isFalse();
    assertThat(PLAIN.retained().isActive()).isFalse();
    assertThat(PLAIN.retained().isRetained()).isTrue();
    assertThat(retired.retained().retiredAt()).isNull();
    assertThat(PLAIN.retained().retired(Instant.EPOCH).isRetained()).isFalse();
    assertThat(retired.nonce()).isEqualTo("n");
  }
}
