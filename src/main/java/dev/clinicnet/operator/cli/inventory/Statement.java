package dev.clinicnet.operator.cli.inventory;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account holds, as it is printed.
 *
 * @param instance this installation; null if no object belongs to one
 * @param compared {@code none}, {@code files} or {@code cluster}
 * @param notListed why a list is missing, by the path of the resource
 */
record Statement(
    String instance,
    String compared,
    Instant at,
    List<Holding> holdings,
    Map<String, String> notListed,
    Optional<Prices> prices) {

  /** The sums, by holder. Holders without objects are left out. */
  Map<Holder, Total> totals() {
    Map<Holder, Total> totals = new EnumMap<>(Holder.class);
    for (Holder holder : Holder.values()) {
      List<Holding> held = of(holder);
      if (!held.isEmpty()) {
        totals.put(holder, Total.of(held, prices, at));
      }
    }
    return totals;
  }

  Total total() {
    return Total.of(holdings, prices, at);
  }

  List<Holding> of(Holder holder) {
    return holdings.stream().filter(holding -> holding.holder() == holder).toList();
  }
}
