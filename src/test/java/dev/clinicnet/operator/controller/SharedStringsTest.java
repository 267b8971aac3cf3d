package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedStringsTest {

  @Test
  void equalTextsAreOneObject() {
    String one = SharedStrings.shared(new String("a word that many objects have".toCharArray()));
    String other = SharedStrings.shared(new String("a word that many objects have".toCharArray()));

    assertThat(other).isSameAs(one);
  }

  @Test
  void longTextsAreNotRemembered() {
    String one = SharedStrings.shared("x".repeat(1000));
    String other = SharedStrings.shared("x".repeat(1000));

    assertThat(other).isEqualTo(one).isNotSameAs(one);
  }
}
