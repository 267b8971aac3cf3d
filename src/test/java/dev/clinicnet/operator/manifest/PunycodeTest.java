package dev.clinicnet.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {

  @ParameterizedTest
  @CsvSource({
    "z\u00fcrich.ch, xn--zrich-kva.ch",
    "Z\u00dcRICH.ch, xn--zrich-kva.ch",
    "zu\u0308rich.ch, xn--zrich-kva.ch",
    "*.z\u00fcrich.ch, *.xn--zrich-kva.ch",
    "https://login.z\u00fcrich.ch:8443/realms/a, https://login.xn--zrich-kva.ch:8443/realms/a",
    "ann@z\u00fcrich.ch, ann@xn--zrich-kva.ch",
    "\u043a\u043b\u0438\u043d\u0438\u043a\u0430.example.com, xn--80apagcdp.example.com"
  })
  void theHostIsWrittenAsDNSHasIt(String text, String punycode) {
    assertThat(Punycode.of(text)).hasValue(punycode);
  }

  /** The two standards write the first three differently, so no suggestion is made. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "stra\u00dfe.de",
        "\u03c3\u03bf\u03c6\u03cc\u03c2.gr",
        "a\u200db.com",
        "zurich.ch",
        "https://login.a.com/z\u00fcrich",
        "zo\u00eb@a.com",
        "",
        "a..\u00fc.com"
      })
  void whatHasNoOneFormInTheHostIsLeftAlone(String text) {
    assertThat(Punycode.of(text)).isEmpty();
  }
}
