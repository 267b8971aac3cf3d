package dev.clinicnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScannerTest {
  private static final String SECRET = "p?ä&ss/word+>>";

  private final SecretScanner scanner = new SecretScanner().lookingFor(SECRET);

  @Test
  void aSecretIsFoundAsItIsAndNotRepeated() {
    assertThat(scanner.leaks("a log", "user=me " + SECRET))
        .singleElement()
        .asString()
        .contains("a log", "user=me")
        .doesNotContain(SECRET);
  }

  @Test
  void aSecretIsFoundUrlEncoded() {
    String encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

    assertThat(scanner.leaks("a log", "?key=" + encoded)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "me:", "user:", "{\"token\":\""})
  void aSecretIsFoundInBase64WhateverStandsBeforeIt(String before) {
    byte[] bytes = (before + SECRET + "\"}").getBytes(StandardCharsets.UTF_8);

    assertThat(scanner.leaks("a log", Base64.getEncoder().encodeToString(bytes))).isNotEmpty();
    assertThat(scanner.leaks("a log", Base64.getUrlEncoder().encodeToString(bytes))).isNotEmpty();
  }

  @Test
  void anUnknownTokenIsFoundByItsShape() {
    assertThat(scanner.leaks("a log", "token: 3MWofDnKZAzu4SJV40hAGuI1T8T_h0fZa2uNRq9zdVpq2KW5H"))
        .isNotEmpty();
  }

  @Test
  void ordinaryTextAndIdsAreNoLeak() {
    assertThat(scanner.leaks("a log", "deleted cr_3MWmD9115049Y4xvuoprCkG05rG of Clinic a/b"))
        .isEmpty();
  }
}
