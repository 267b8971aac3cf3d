package dev.clinicnet.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElsewhereTest {
  @Test
  void aDecisionLooksIntoNoOtherAccountAnyMore() {
    // Given
    List<String> looks = new ArrayList<>();
    Elsewhere.Reserved there = new Elsewhere.Reserved("west", null);
    Elsewhere accounts =
        domain -> {
          looks.add(domain);
          return domain.equals("a.com") ? Optional.of(there) : Optional.empty();
        };
    // When
    Elsewhere seen = accounts.now(List.of("a.com", "b.com"));
    // Then
    assertThat(looks).containsExactly("a.com", "b.com");
    assertThat(seen.reserved("a.com")).contains(there);
    assertThat(seen.reserved("b.com")).isEmpty();
    assertThat(looks).hasSize(2);
  }
}
