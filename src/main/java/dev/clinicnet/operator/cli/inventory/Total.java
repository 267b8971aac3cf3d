package dev.clinicnet.operator.cli.inventory;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The sum over some objects.
 *
 * @param objects their number
 * @param endpoints the time for which the endpoints among them have existed
 * @param addresses the same for TCP addresses
 * @param domains the same for custom domains
 * @param perHour what they cost in an hour; zero without a price list
 * @param soFar what they have cost since they were created; zero without a price list
 */
record Total(
    int objects,
    Duration endpoints,
    Duration addresses,
    Duration domains,
    BigDecimal perHour,
    BigDecimal soFar) {
  private static final BigDecimal SECONDS_OF_AN_HOUR = BigDecimal.valueOf(3_600);
  private static final BigDecimal HOURS_OF_30_DAYS = BigDecimal.valueOf(720);
  private static final int SCALE = 6;

  static Total of(Collection<Holding> holdings, Optional<Prices> prices, Instant now) {
    Duration endpoints = Duration.ZERO;
    Duration addresses = Duration.ZERO;
    Duration domains = Duration.ZERO;
    BigDecimal perHour = BigDecimal.ZERO;
    BigDecimal soFar = BigDecimal.ZERO;
    for (Holding holding : holdings) {
      Duration age = holding.age(now).orElse(Duration.ZERO);
      Optional<Billed> billed = Billed.of(holding.row());
      if (billed.filter(Billed::isEndpoint).isPresent()) {
        endpoints = endpoints.plus(age);
      } else if (billed.filter(Billed.ADDRESS::equals).isPresent()) {
        addresses = addresses.plus(age);
      } else if (billed.isPresent()) {
        domains = domains.plus(age);
      }
      BigDecimal price = perHour(holding, prices).orElse(BigDecimal.ZERO);
      perHour = perHour.add(price);
      soFar = soFar.add(price.multiply(BigDecimal.valueOf(age.toSeconds())));
    }
    return new Total(
        holdings.size(),
        endpoints,
        addresses,
        domains,
        perHour,
        soFar.divide(SECONDS_OF_AN_HOUR, SCALE, java.math.RoundingMode.HALF_UP));
  }

  /** What an object costs in an hour; empty if the list has no price for it. */
  static Optional<BigDecimal> perHour(Holding holding, Optional<Prices> prices) {
    return prices.flatMap(
        list -> Billed.of(holding.row()).map(billed -> list.perHour().get(billed)));
  }

  /** What the objects cost in 30 days. */
  BigDecimal per30Days() {
    return perHour.multiply(HOURS_OF_30_DAYS);
  }
}
