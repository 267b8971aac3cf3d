package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedCacheTest {
  private final SharedCache<Clinic> cache = new SharedCache<>("clinics", ClaimKeys::of);
  private final Clinic before = ClinicBuilder.clinic("clinic1").build();
  private final Clinic now = ClinicBuilder.clinic("clinic1").build();
  private final List<String> told = new ArrayList<>();

  @Test
  void everyFollowerHearsOfWhatAppearsAndGoes() {
    cache.follow((after, old) -> false, clinic -> told.add("one"));
    cache.follow((after, old) -> false, clinic -> told.add("other"));

    cache.onResourceCreated(now);
    cache.onResourceDeleted(now);

    assertThat(told).containsExactly("one", "other", "one", "other");
  }

  @Test
  @SuppressWarnings("ReferenceEquality") // The two states of one Clinic may be equal.
  void anUpdateIsToldToThoseWhomItConcerns() {
    cache.follow((after, old) -> after == now && old == before, clinic -> told.add("one"));
    cache.follow((after, old) -> false, clinic -> told.add("other"));

    cache.onResourceUpdated(now, before);

    assertThat(told).containsExactly("one");
  }

  @Test
  void itCannotBeReadBeforeItsControllerKeepsIt() {
    assertThat(cache.isReadable()).isFalse();
    cache.startCache();
  }

  /** A controller begins when the caches of others have started. */
  @Test
  void aControllerWaitsForTheCachesOfOthers() {
    StartsFirst<Clinic> source =
        new StartsFirst<>(() -> told.add("clinics"), () -> told.add("sessions"));

    source.start();

    assertThat(told).containsExactly("clinics", "sessions");
    assertThat(source.isRunning()).isTrue();
  }

  @Test
  void aCacheThatCannotStartKeepsTheControllerFromStarting() {
    StartsFirst<Clinic> source =
        new StartsFirst<>(
            () -> {
              throw new IllegalStateException("no right to list");
            });

    assertThatThrownBy(source::start).hasMessage("no right to list");
    assertThat(source.isRunning()).isFalse();
  }
}
