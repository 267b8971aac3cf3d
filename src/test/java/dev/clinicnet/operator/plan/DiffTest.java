package dev.clinicnet.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.inventory.Title;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the table in {@link Diff}, and what a kind may add to them. */
class DiffTest {
  private static final String NAME = "a.com";
  private static final Mark OURS = mark("web");
  private static final Mark OTHERS = mark("other");
  private static final Optional<Known> KNOWN = Optional.of(new Known("rd_1", NAME));
  private static final Optional<Known> NOT_KNOWN = Optional.empty();

  @ParameterizedTest
  @EnumSource
  void unknownWaits(Title title) {
    Diff diff = Diff.of(wanted(KNOWN), Finding.unknown(), title);

    assertThat(diff).isEqualTo(new Diff(Diff.Outcome.WAITS, List.of()));
  }

  @Test
  void absentAndNotKnownIsCreated() {
    Diff diff = Diff.of(wanted(NOT_KNOWN), Finding.absent());

    assertThat(diff.outcome()).isEqualTo(Diff.Outcome.CREATED);
    Step.Create<?, ?> step = (Step.Create<?, ?>) only(diff);
    assertThat(step.body()).isEqualTo(new ReservedDomain.Create(NAME, "made", OURS.text()));
    assertThat(step.name()).isEqualTo(NAME);
    assertThat(step.cause()).isEqualTo(Cause.MANIFEST);
    assertThat(step.drift()).isEmpty();
  }

  @Test
  void absentAndKnownIsCreatedAndWasDeleted() {
    Step step = only(Diff.of(wanted(KNOWN), Finding.absent()));

    assertThat(step.cause()).isEqualTo(Cause.DRIFT);
    assertThat(step.drift())
        .containsExactly(Drift.deleted(Resource.RESERVED_DOMAINS, NAME, "rd_1"));
  }

  @Test
  void absentAndKnownUnderAnothersMarkIsCreatedAndWasLost() {
    Inventory inventory = new Inventory();
    inventory.wrote(Resource.RESERVED_DOMAINS, listed("made", OTHERS));
    Known known = Known.marked(Resource.RESERVED_DOMAINS, "rd_1", NAME, inventory, OURS);

    Step step = only(Diff.of(wanted(Optional.of(known)), Finding.absent()));

    assertThat(step.drift()).extracting(Drift::is).containsExactly("the mark of another object");
  }

  @Test
  void ownAsWantedIsLeftAsItIs() {
    Diff diff = Diff.of(wanted(KNOWN), Finding.present(listed("made", OURS)));

    assertThat(diff).isEqualTo(new Diff(Diff.Outcome.KEPT, List.of()));
  }

  @Test
  void ownThatDiffersAndIsNotKnownIsUpdatedWithoutDrift() {
    Diff diff = Diff.of(wanted(NOT_KNOWN), Finding.present(listed("edited", OURS)));

    assertThat(diff.outcome()).isEqualTo(Diff.Outcome.KEPT);
    assertThat(changes(only(diff))).isEqualTo(new ReservedDomain.Update("made", null));
    assertThat(only(diff).cause()).isEqualTo(Cause.MANIFEST);
    assertThat(only(diff).drift()).isEmpty();
  }

  @Test
  void ownThatDiffersAndIsKnownIsUpdatedAndTold() {
    Step step = only(Diff.of(wanted(KNOWN), Finding.present(listed("edited", null))));

    assertThat(changes(step)).isEqualTo(new ReservedDomain.Update("made", OURS.text()));
    assertThat(step.cause()).isEqualTo(Cause.DRIFT);
    assertThat(step.drift()).extracting(Drift::field).containsExactly("description", "metadata");
  }

  @Test
  void ownThatTheStatusKnowsUnderAnotherIDIsUpdatedWithoutDrift() {
    Optional<Known> other = Optional.of(new Known("rd_9", NAME));

    Step step = only(Diff.of(wanted(other), Finding.present(listed("edited", OURS))));

    assertThat(step.drift()).isEmpty();
  }

  @Test
  void whatIsAskedForAnewIsSentAfterWhatDiffersAndIsNoDrift() {
    ReservedDomain.Update anew = new ReservedDomain.Update("anew", null);
    Wanted<ReservedDomain, ReservedDomain.Create, ReservedDomain.Update> wanted =
        wanted(KNOWN, false, Lane.CHANGE, (listed, correction) -> Optional.of(anew));

    List<Step> steps = Diff.of(wanted, Finding.present(listed("edited", OURS))).steps();

    assertThat(steps).extracting(Step::cause).containsExactly(Cause.DRIFT, Cause.MANIFEST);
    assertThat(changes(steps.get(1))).isEqualTo(anew);
    assertThat(Diff.of(wanted, Finding.present(listed("made", OURS))).steps()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenIsTakenWithMarkAndDescriptionAndWhatWasAdoptedRemainsSo(boolean wasAdopted) {
    Mark given = wasAdopted ? OTHERS.adopting() : OTHERS;

    Diff diff = Diff.of(wanted(KNOWN), Finding.present(listed("made", given)), Title.GIVEN);

    assertThat(diff.outcome()).isEqualTo(Diff.Outcome.TAKEN);
    assertThat(changes(only(diff)))
        .isEqualTo(
            wasAdopted
                ? new ReservedDomain.Update(null, OURS.adopting().text())
                : new ReservedDomain.Update("made", OURS.text()));
    assertThat(only(diff).drift()).isEmpty();
  }

  @Test
  void adoptedIsTakenWithItsMarkAloneAndKeepsItsDescription() {
    ReservedDomain foreign = listed("theirs", null);

    Diff diff = Diff.of(wanted(KNOWN), Finding.present(foreign), Title.ADOPTED);

    assertThat(diff.outcome()).isEqualTo(Diff.Outcome.TAKEN);
    assertThat(changes(only(diff)))
        .isEqualTo(new ReservedDomain.Update(null, OURS.adopting().text()));
    assertThat(only(diff).drift()).isEmpty();
    ReservedDomain taken = listed("theirs", OURS.adopting());
    assertThat(
            Diff.of(wanted(KNOWN, true, Lane.CHANGE, Wanted.neverChanges()), Finding.present(taken))
                .steps())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "UNMARKED", "HELD"})
  void somethingElsesIsRefused(Title title) {
    Diff diff = Diff.of(wanted(KNOWN), Finding.present(listed("theirs", OTHERS)), title);

    assertThat(diff).isEqualTo(new Diff(Diff.Outcome.REFUSED, List.of()));
  }

  @Test
  void whatClosesSomethingIsHeldBackByNothingAlsoIfItPutsDriftRight() {
    Step step =
        only(
            Diff.of(
                wanted(KNOWN, false, Lane.CLOSING, Wanted.neverChanges()),
                Finding.present(listed("x", OURS))));

    assertThat(step.lane()).isEqualTo(Lane.CLOSING);
    assertThat(step.cause()).isEqualTo(Cause.CLOSING);
    assertThat(step.drift()).hasSize(1);
  }

  @Test
  void driftIsToldWithoutAStep() {
    Inventory inventory = new Inventory();
    assertThat(Diff.drift(wanted(KNOWN), Optional.of(listed("edited", OURS)), inventory))
        .extracting(Drift::what)
        .containsExactly("description of reserved_domains a.com");
    assertThat(Diff.drift(wanted(KNOWN), Optional.of(listed("made", OURS)), inventory)).isEmpty();
    assertThat(Diff.drift(wanted(KNOWN), Optional.empty(), inventory)).as("unknown").isEmpty();
    inventory.deleted(Resource.RESERVED_DOMAINS, "rd_1");
    assertThat(Diff.drift(wanted(KNOWN), Optional.empty(), inventory))
        .containsExactly(Drift.deleted(Resource.RESERVED_DOMAINS, NAME, "rd_1"));
    assertThat(Diff.drift(wanted(NOT_KNOWN), Optional.empty(), inventory)).isEmpty();
  }

  private static Wanted<ReservedDomain, ReservedDomain.Create, ReservedDomain.Update> wanted(
      Optional<Known> known) {
    return wanted(known, false, Lane.CHANGE, Wanted.neverChanges());
  }

  private static Wanted<ReservedDomain, ReservedDomain.Create, ReservedDomain.Update> wanted(
      Optional<Known> known,
      boolean adopted,
      Lane lane,
      BiFunction<ReservedDomain, ReservedDomain.Update, Optional<ReservedDomain.Update>> change) {
    return new Wanted<>(
        Resource.RESERVED_DOMAINS,
        NAME,
        OURS,
        adopted,
        lane,
        known,
        () -> new ReservedDomain.Create(NAME, "made", OURS.text()),
        (listed, comparison) ->
            new ReservedDomain.Update(
                comparison.description("made", listed.description()), comparison.mark(listed)),
        change);
  }

  private static ReservedDomain listed(String description, Mark mark) {
    String metadata = mark == null ? "" : mark.text();
    return new ReservedDomain(
        "rd_1", null, NAME, description, metadata, null, null, null, null, null);
  }

  private static Mark mark(String clinic) {
    return Mark.of("i", new Owner("Clinic", "clinics", clinic), "uid", clinic);
  }

  private static Step only(Diff diff) {
    assertThat(diff.steps()).hasSize(1);
    return diff.steps().get(0);
  }

  private static Object changes(Step step) {
    return ((Step.Update<?, ?>) step).changes();
  }
}
