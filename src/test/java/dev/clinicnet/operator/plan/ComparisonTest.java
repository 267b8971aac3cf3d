package dev.clinicnet.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The differences between listed objects and those that the operator makes, and their description.
 */
class ComparisonTest {
  private static final Mark MADE =
      Mark.of("i", new Owner("ClinicService", "clinics", "web"), "uid-1", "clinic1");
  private static final String WORDS =
      "the mark of ClinicService clinics/web, instance i, Clinic clinic1";
  private static final Instant WHEN = Instant.parse("2026-03-01T00:00:00Z");

  private final Comparison comparison = new Comparison(Resource.ENDPOINTS, "https://web.api.com");

  @Test
  void whatIsTheSameIsNeitherSentNorTold() {
    assertThat(comparison.field(Field.POOLING, false, false)).isNull();
    assertThat(comparison.field(Field.BINDINGS, List.of("public"), List.of("public"))).isNull();
    assertThat(comparison.description("made", "made")).isNull();
    assertThat(comparison.mark(MADE, MADE.text())).isNull();
    assertThat(comparison.drift()).isEmpty();
  }

  @Test
  void whatThePlatformDoesNotShowIsNotCompared() {
    assertThat(comparison.field(Field.POOLING, false, null)).isNull();
    assertThat(comparison.description("made", null)).isNull();
    assertThat(comparison.drift()).isEmpty();
  }

  @Test
  void aFieldThatDiffersIsSentAndToldWithBothValues() {
    assertThat(comparison.field(Field.BINDINGS, List.of("public"), List.of("internal")))
        .containsExactly("public");

    assertThat(comparison.drift())
        .containsExactly(
            new Drift(
                "endpoints", "https://web.api.com", Field.BINDINGS, "[public]", "[internal]"));
    assertThat(comparison.drift().get(0))
        .hasToString(
            "bindings of endpoints https://web.api.com: found [internal] instead of [public]");
  }

  @Test
  void aTextOfSomebodyElseIsCountedAndNotRepeated() {
    assertThat(comparison.description("made", "2fakeSecret_pasted")).isEqualTo("made");
    assertThat(comparison.description("made", "")).isEqualTo("made");

    assertThat(comparison.drift())
        .extracting(Drift::is)
        .containsExactly("another text of 18 characters", "nothing");
    assertThat(comparison.drift().toString()).doesNotContain("2fakeSecret");
  }

  @Test
  void severalDifferencesAreToldTogether() {
    comparison.field(Field.POOLING, false, true);
    comparison.add(Field.POLICY, "policy 1", "policy 2");

    assertThat(Drift.what(comparison.drift()))
        .isEqualTo(
            "pooling_enabled of endpoints https://web.api.com, traffic_policy of endpoints"
                + " https://web.api.com");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "hand-made", "{", "{\"managedBy\":\"somebody\"}"})
  void aMarkThatIsGoneOrUnreadableIsSentAgain(String listed) {
    assertThat(comparison.mark(MADE, listed)).isEqualTo(MADE.text());

    assertThat(comparison.drift())
        .singleElement()
        .satisfies(
            drift -> {
              assertThat(drift.was()).isEqualTo(WORDS);
              assertThat(drift.is())
                  .isEqualTo(
                      listed == null || listed.isEmpty()
                          ? "nothing"
                          : "another text of " + listed.length() + " characters");
            });
  }

  @Test
  void aMarkThatSaysLetGoOfIsMadeActiveAgainAndKeepsItsNonce() {
    Mark listed = MADE.withNonce("n").retired(WHEN);

    assertThat(comparison.mark(MADE, listed.text())).isEqualTo(MADE.withNonce("n").text());
    assertThat(comparison.mark(MADE, MADE.retained().text())).isEqualTo(MADE.text());

    assertThat(comparison.drift())
        .extracting(Drift::is)
        .containsExactly(WORDS + ", retired at " + WHEN, WORDS + ", retained");
  }

  @Test
  void whatIsNotOfTheOwnerInAMarkIsNoDifferenceButItsClinicIs() {
    Mark otherUID = Mark.of("i", MADE.owner().orElseThrow(), "uid-2", "clinic1");
    Mark otherClinic = Mark.of("i", MADE.owner().orElseThrow(), "uid-1", "clinic2");

    assertThat(comparison.mark(MADE, otherUID.text())).as("the uid informs").isNull();
    assertThat(comparison.mark(MADE, MADE.withNonce("n").text())).isNull();
    assertThat(comparison.drift()).isEmpty();
    assertThat(comparison.mark(MADE, otherClinic.text())).isEqualTo(MADE.text());
    assertThat(comparison.drift().get(0).is()).endsWith("Clinic clinic2");
  }

  @Test
  void whatWasAdoptedStaysAdopted() {
    assertThat(comparison.mark(MADE, MADE.adopting().retained().text()))
        .isEqualTo(MADE.adopting().text());
  }

  @Test
  void whatCarriesTheMarkOfAnotherIsLostAndItIsNotToldWhose() {
    Mark elsewhere = Mark.of("i", new Owner("ClinicService", "others", "web"), "u", "clinic9");
    Mark otherInstance = Mark.of("j", MADE.owner().orElseThrow(), "uid-1", "clinic1");

    for (Mark other : List.of(elsewhere, otherInstance, Mark.shared("i"))) {
      assertThat(Comparison.lost(marked(other.text()), MADE))
          .hasValueSatisfying(
              drift -> {
                assertThat(drift.field()).isEqualTo(Field.METADATA);
                assertThat(drift.is()).isEqualTo("the mark of another object");
                assertThat(drift.toString()).doesNotContain("others", "clinic9", "instance j");
              });
    }
    for (String own : new String[] {MADE.text(), MADE.retained().text(), "hand-made", null}) {
      assertThat(Comparison.lost(marked(own), MADE)).isEmpty();
    }
  }

  @Test
  void aDeletedObjectIsToldByItsIDAndNothingElseIsADifference() {
    Drift deleted = Drift.deleted(Resource.CREDENTIALS, "cr_1", "cr_1");

    assertThat(deleted).hasToString("credentials cr_1 (cr_1) was deleted");
    assertThat(deleted.what()).isEqualTo("credentials cr_1 (deleted)");
    assertThatThrownBy(() -> comparison.add("acl", "a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("acl of endpoints is not compared");
    assertThat(Resource.CREDENTIALS.compared()).contains("acl");
    assertThat(Resource.ALL)
        .extracting(Resource::compared)
        .allSatisfy(
            fields -> assertThat(fields.isEmpty() || fields.contains(Field.DELETED)).isTrue());
  }

  private static ReservedDomain marked(String metadata) {
    return new ReservedDomain("rd_1", null, "a.com", null, metadata, null, null, null, null, null);
  }
}
