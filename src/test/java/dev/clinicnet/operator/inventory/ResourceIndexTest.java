package dev.clinicnet.operator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.ngrok.ReservedAddr;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceIndexTest {
  private final ResourceIndex<ReservedAddr> index = new ResourceIndex<>();

  @Test
  void nothingIsKnownBeforeTheFirstSweep() {
    long begun = index.begin();

    assertThat(index.isKnown()).isFalse();
    index.complete(begun, List.of());
    assertThat(index.isKnown()).isTrue();
  }

  @Test
  void aSweepReportsWhatIsNewGoneOrDifferent() {
    // Given
    index.complete(index.begin(), List.of(addr("same", 1), addr("edited", 1), addr("gone", 1)));
    // When
    List<ReservedAddr> changed =
        index.complete(index.begin(), List.of(addr("same", 1), addr("edited", 2), addr("new", 1)));
    // Then
    assertThat(changed)
        .containsExactlyInAnyOrder(
            addr("edited", 1), addr("edited", 2), addr("gone", 1), addr("new", 1));
    assertThat(index.all())
        .containsExactlyInAnyOrder(addr("same", 1), addr("edited", 2), addr("new", 1));
  }

  @Test
  void aSweepThatBeganBeforeADoubtDoesNotEndIt() {
    // Given
    index.complete(index.begin(), List.of());
    long begunBefore = index.begin();
    // When
    index.doubt();
    // Then
    assertThat(index.isKnown()).isFalse();
    index.complete(begunBefore, List.of());
    assertThat(index.isKnown()).isFalse();
    index.complete(index.begin(), List.of());
    assertThat(index.isKnown()).isTrue();
  }

  @Test
  void ofOverlappingSweepsTheOneThatBeganLaterCounts() {
    // Given
    long first = index.begin();
    index.wrote(addr("ours", 2));
    long second = index.begin();
    index.complete(second, List.of(addr("ours", 3)));
    // When
    List<ReservedAddr> changed = index.complete(first, List.of(addr("stale", 1)));
    // Then
    assertThat(changed).isEmpty();
    assertThat(index.all()).containsExactly(addr("ours", 3));
    assertThat(index.isKnown()).isTrue();
  }

  @Test
  void aLateSweepDoesNotMakeUnknownWhatALaterOneHasMadeKnown() {
    // Given
    long first = index.begin();
    index.doubt();
    index.complete(index.begin(), List.of());
    // When
    index.complete(first, List.of());
    // Then
    assertThat(index.isKnown()).isTrue();
  }

  @Test
  void aDoubtOfOneOwnerLeavesTheResourceKnownToOthers() {
    // Given
    index.complete(index.begin(), List.of());
    long begunBefore = index.begin();
    // When
    index.doubt("one");
    // Then
    assertThat(index.isKnownTo("one")).isFalse();
    assertThat(index.isKnownTo("other")).isTrue();
    assertThat(index.isKnown()).isTrue();
    assertThat(index.isKnownToAll()).isFalse();
    index.complete(begunBefore, List.of());
    assertThat(index.isKnownTo("one")).isFalse();
    index.complete(index.begin(), List.of());
    assertThat(index.isKnownTo("one")).isTrue();
    assertThat(index.isKnownToAll()).isTrue();
  }

  @Test
  void whatIsUnknownIsUnknownToEveryOwner() {
    assertThat(index.isKnownTo("one")).isFalse();
    assertThat(index.isKnownToAll()).isFalse();
  }

  private static ReservedAddr addr(String id, int version) {
    return new ReservedAddr(id, null, version + ".tcp.ngrok.io:2", "us", null, null);
  }
}
