package dev.clinicnet.operator.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
  @Test
  void whatIsAbsentHasNoPrice() throws Prices.Unusable {
    Prices prices = Prices.parse("currency: EUR\nperHour:\n  address: 0.005\n  customDomain: 1\n");

    assertThat(prices.currency()).isEqualTo("EUR");
    assertThat(prices.perHour())
        .containsOnlyKeys(Billed.ADDRESS, Billed.CUSTOM_DOMAIN)
        .containsEntry(Billed.ADDRESS, new BigDecimal("0.005"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: [b'|it is not YAML",
        "''|it must be a mapping",
        "'[1]'|it must be a mapping",
        "'{currency: usd, perHour: {address: 1}}'|currency must be three capitals",
        "'{currency: USD}'|perHour must be a mapping",
        "'{currency: USD, perHour: {}}'|perHour must be a mapping",
        "'{currency: USD, perHour: {adress: 1}}'|unknown field perHour.adress",
        "'{currency: USD, perHour: {address: -1}}'|perHour.address must be a number",
        "'{currency: USD, perHour: {address: .inf}}'|perHour.address must be a number",
        "'{currency: USD, perHour: {address: \"1\"}}'|perHour.address must be a number",
        "'{currency: USD, perHour: {address: 1}, perDay: 1}'|unknown field perDay"
      })
  void aMistakeIsNamed(String text, String message) {
    assertThatThrownBy(() -> Prices.parse(text))
        .isInstanceOf(Prices.Unusable.class)
        .hasMessageStartingWith(message);
  }
}
