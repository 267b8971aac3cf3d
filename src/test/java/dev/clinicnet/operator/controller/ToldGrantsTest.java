package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.grant.Grant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToldGrantsTest {
  private static final Map<String, Grant> TRUSTED = Map.of("default", Grant.TRUSTED);

  private final ToldGrants told = new ToldGrants();

  @Test
  void aDifferenceIsToldOnce() {
    assertThat(told.changed(Set.of("a", "b"), namespace -> TRUSTED, namespace -> false))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(told.changed(Set.of("a", "b"), namespace -> TRUSTED, namespace -> false)).isEmpty();
    assertThat(told.changed(Set.of("a"), namespace -> Map.of(), namespace -> false))
        .containsExactly("a");
  }

  @Test
  void nothingIsKeptAboutANamespaceThatIsGone() {
    told.changed(Set.of("a", "b"), namespace -> TRUSTED, namespace -> false);
    assertThat(told.changed(Set.of("a"), namespace -> TRUSTED, "a"::equals)).isEmpty();
    assertThat(told.size()).isEqualTo(1);
    assertThat(told.changed(Set.of("a"), namespace -> TRUSTED, namespace -> false))
        .as("a new namespace of that name")
        .containsExactly("a");
  }
}
