package dev.clinicnet.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.ReservedAddr;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelfTest {
  private final Shelf<ReservedAddr> shelf = new Shelf<>();

  @Test
  void nothingIsKnownBeforeTheFirstSweep() {
    long begun = shelf.begin();

    assertThat(shelf.isKnown()).isFalse();
    shelf.complete(begun, List.of());
    assertThat(shelf.isKnown()).isTrue();
  }

  @Test
  void aSweepReportsWhatIsNewGoneOrDifferent() {
    // Given
    shelf.complete(shelf.begin(), List.of(addr("same", 1), addr("edited", 1), addr("gone", 1)));
    // When
    List<ReservedAddr> changed =
        shelf.complete(shelf.begin(), List.of(addr("same", 1), addr("edited", 2), addr("new", 1)));
    // Then
    assertThat(changed)
        .containsExactlyInAnyOrder(
            addr("edited", 1), addr("edited", 2), addr("gone", 1), addr("new", 1));
    assertThat(shelf.all())
        .containsExactlyInAnyOrder(addr("same", 1), addr("edited", 2), addr("new", 1));
  }

  @Test
  void aSweepThatBeganBeforeADoubtDoesNotEndIt() {
    // Given
    shelf.complete(shelf.begin(), List.of());
    long begunBefore = shelf.begin();
    // When
    shelf.doubt();
    // Then
    assertThat(shelf.isKnown()).isFalse();
    shelf.complete(begunBefore, List.of());
    assertThat(shelf.isKnown()).isFalse();
    shelf.complete(shelf.begin(), List.of());
    assertThat(shelf.isKnown()).isTrue();
  }

  @Test
  void ofOverlappingSweepsTheOneThatBeganLaterCounts() {
    // Given
    long first = shelf.begin();
    shelf.wrote(addr("ours", 2));
    long second = shelf.begin();
    shelf.complete(second, List.of(addr("ours", 3)));
    // When
    List<ReservedAddr> changed = shelf.complete(first, List.of(addr("stale", 1)));
    // Then
    assertThat(changed).isEmpty();
    assertThat(shelf.all()).containsExactly(addr("ours", 3));
    assertThat(shelf.isKnown()).isTrue();
  }

  @Test
  void aLateSweepDoesNotMakeUnknownWhatALaterOneHasMadeKnown() {
    // Given
    long first = shelf.begin();
    shelf.doubt();
    shelf.complete(shelf.begin(), List.of());
    // When
    shelf.complete(first, List.of());
    // Then
    assertThat(shelf.isKnown()).isTrue();
  }

  private static ReservedAddr addr(String id, int version) {
    return new ReservedAddr(id, null, version + ".tcp.ngrok.io:2", "us", null);
  }
}
