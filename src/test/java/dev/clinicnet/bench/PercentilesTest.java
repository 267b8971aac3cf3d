package dev.clinicnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void aPercentileIsTheTimeThatSoManyPercentDoNotExceed() {
    Percentiles hundred =
        Percentiles.of(IntStream.rangeClosed(1, 100).map(i -> 101 - i).asDoubleStream());

    assertThat(hundred.at(50)).isEqualTo(50);
    assertThat(hundred.at(99)).isEqualTo(99);
    assertThat(hundred.at(100)).isEqualTo(100);
  }

  @Test
  void oneTimeIsEveryPercentile() {
    assertThat(Percentiles.of(DoubleStream.of(7)).at(50)).isEqualTo(7);
  }
}
