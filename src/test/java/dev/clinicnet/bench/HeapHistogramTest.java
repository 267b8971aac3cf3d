package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapHistogramTest {
  @Test
  void theOutputOfJcmdIsRead() {
    HeapHistogram heap =
        HeapHistogram.parse(
            """
            4711:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         22716        1442976  [B (java.base@25.0.1)
               2:          1017          73224  io.fabric8.kubernetes.api.model.ManagedFieldsEntry
            Total         26733        1516200
            """);

    assertThat(heap.bytes()).isEqualTo(1_516_200);
    assertThat(heap.rows()).first().isEqualTo(new HeapHistogram.Row("[B", 22_716, 1_442_976));
    assertThat(heap.instances("io.fabric8.kubernetes.api.model.ManagedFieldsEntry"))
        .isEqualTo(1_017);
    assertThat(heap.instances("no.such.Class")).isZero();
  }

  @Test
  void anotherOutputIsRefused() {
    assertThatThrownBy(() -> HeapHistogram.parse("4711:\nCould not attach"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
