package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.reconcile.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final int THREADS = 20;
  private static final Share OF_TWO = Share.of(THREADS, 2);

  private final List<Owner> called = new ArrayList<>();
  private final List<Runnable> laterTasks = new ArrayList<>();
  private final Room room = new Room(called::add, (wait, task) -> laterTasks.add(task));

  @Test
  void oneAccountHasAllThreads() {
    room.resize(Share.of(THREADS, 1));
    assertThat(nested(THREADS, Urgency.USUAL, () -> {})).isEqualTo(THREADS);
    assertThat(Share.of(THREADS, 1).of(THREADS)).isEqualTo(THREADS);
  }

  @Test
  void anAccountHasItsShare() {
    room.resize(OF_TWO);
    assertThat(nested(THREADS, Urgency.USUAL, () -> {})).isEqualTo(9);
    assertThat(called).as("the others, as room becomes free").hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void passesThatHangHoldBackNoDeletionAndNoCut() {
    room.resize(OF_TWO);
    List<Integer> entered = new ArrayList<>();
    nested(
        9,
        Urgency.USUAL,
        () ->
            entered.add(
                nested(
                    THREADS,
                    Urgency.DELETION,
                    () -> entered.add(nested(THREADS, Urgency.CUT_OFF, () -> {})))));
    assertThat(entered).containsExactly(4, 3);
  }

  @Test
  void deletionsThatHangHoldBackNoChange() {
    room.resize(OF_TWO);
    List<Integer> entered = new ArrayList<>();
    nested(THREADS, Urgency.DELETION, () -> entered.add(nested(THREADS, Urgency.USUAL, () -> {})));
    assertThat(entered).containsExactly(3);
  }

  @Test
  void everyAccountHasRoomForAllThatIsUrgentHoweverManyThereAre() {
    for (int accounts = 2; accounts < 60; accounts++) {
      Share share = Share.of(THREADS, accounts);
      assertThat(share.usual()).isGreaterThanOrEqualTo(2);
      assertThat(share.deletions()).isPositive();
      assertThat(share.most()).isGreaterThan(share.usual() + share.deletions());
      if (accounts <= 5) {
        assertThat(share.most() + 2 * (accounts - 1)).isLessThan(THREADS);
      }
    }
  }

  @Test
  void callsInTheOrderOfArrivalAndKeepsTheRoom() {
    room.resize(OF_TWO);
    nested(
        9,
        Urgency.USUAL,
        () -> {
          assertThat(isRefused("first", Urgency.USUAL)).isTrue();
          assertThat(isRefused("second", Urgency.USUAL)).isTrue();
          assertThat(isRefused("first", Urgency.USUAL)).as("it keeps its place").isTrue();
          assertThat(called).isEmpty();
        });
    assertThat(called).containsExactly(owner("first"), owner("second"));

    // Room is kept for the two, so seven may come before them.
    assertThat(nested(9, Urgency.USUAL, () -> {})).isEqualTo(7);
    assertThat(isRefused("first", Urgency.USUAL)).isFalse();
  }

  @Test
  void whatIsMoreUrgentIsCalledFirst() {
    room.resize(OF_TWO);
    nested(
        9,
        Urgency.USUAL,
        () ->
            nested(
                3,
                Urgency.DELETION,
                () -> {
                  isRefused("usual", Urgency.USUAL);
                  isRefused("deleted", Urgency.USUAL);
                  isRefused("deleted", Urgency.DELETION);
                }));
    assertThat(called).containsExactly(owner("deleted"), owner("usual"));
  }

  @Test
  void theRoomOfAnObjectThatDoesNotComeGoesToTheNext() {
    room.resize(OF_TWO);
    nested(
        9,
        Urgency.USUAL,
        () -> IntStream.range(0, 10).forEach(i -> isRefused("o" + i, Urgency.USUAL)));
    assertThat(called).hasSize(9);
    laterTasks.get(0).run();
    assertThat(called).hasSize(10).endsWith(owner("o9"));
    laterTasks.get(0).run();
    assertThat(isRefused("o0", Urgency.USUAL)).as("it has lost its place").isTrue();
  }

  @Test
  void callsWhoWaitsWhenTheOtherAccountIsGone() {
    room.resize(OF_TWO);
    nested(
        9,
        Urgency.USUAL,
        () -> {
          isRefused("late", Urgency.USUAL);
          room.resize(Share.of(THREADS, 1));
          assertThat(called).containsExactly(owner("late"));
        });
  }

  @Test
  void aPassThatFailsLeavesItsRoom() {
    room.resize(OF_TWO);
    for (int i = 0; i < THREADS; i++) {
      try {
        room.run(
            owner("o"),
            Urgency.USUAL,
            () -> {
              throw new IllegalStateException();
            });
      } catch (IllegalStateException expected) {
        assertThat(expected).hasNoCause();
      }
    }
    assertThat(isRefused("o", Urgency.USUAL)).isFalse();
  }

  private boolean isRefused(String name, Urgency urgency) {
    return room.run(owner(name), urgency, () -> true).isEmpty();
  }

  /** Makes passes that are all under way at once, and says how many found room. */
  private int nested(int passes, Urgency urgency, Runnable innermost) {
    if (passes == 0) {
      innermost.run();
      return 0;
    }
    int[] others = new int[1];
    boolean entered =
        room.run(
                owner(urgency + "-" + passes),
                urgency,
                () -> {
                  others[0] = nested(passes - 1, urgency, innermost);
                  return true;
                })
            .isPresent();
    if (!entered) {
      others[0] = nested(passes - 1, urgency, innermost);
    }
    return others[0] + (entered ? 1 : 0);
  }

  private static Owner owner(String name) {
    return new Owner("Clinic", "ns", name);
  }
}
