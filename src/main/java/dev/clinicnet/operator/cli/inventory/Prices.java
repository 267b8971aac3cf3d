package dev.clinicnet.operator.cli.inventory;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A price list.
 *
 * @param currency such as {@code USD}
 * @param perHour the price of one object for one hour; what is absent is not counted
 */
record Prices(String currency, Map<Billed, BigDecimal> perHour) {
  private static final Set<String> FIELDS = Set.of("currency", "perHour");

  Prices {
    perHour = Map.copyOf(perHour);
  }

  /** A price list that cannot be used. Its message is one line. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  /** Reads a file. */
  static Prices read(Path file) throws Unusable {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new Unusable("--prices: " + file + " cannot be read: check the path");
    }
    try {
      return parse(text);
    } catch (Unusable e) {
      throw new Unusable("--prices: " + file + ": " + e.getMessage());
    }
  }

  /** Reads the text of a price list. */
  static Prices parse(String text) throws Unusable {
    Object tree;
    try {
      tree = new Load(LoadSettings.builder().build()).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new Unusable("it is not YAML");
    }
    Map<?, ?> fields = mapping(tree, "it");
    for (Object field : fields.keySet()) {
      if (!FIELDS.contains(field)) {
        throw new Unusable("unknown field " + field + ": use currency and perHour");
      }
    }
    if (!(fields.get("currency") instanceof String currency) || !currency.matches("[A-Z]{3}")) {
      throw new Unusable("currency must be three capitals, such as USD");
    }
    Map<Billed, BigDecimal> perHour = new EnumMap<>(Billed.class);
    for (Map.Entry<?, ?> entry : mapping(fields.get("perHour"), "perHour").entrySet()) {
      Optional<Billed> billed = Billed.named(String.valueOf(entry.getKey()));
      if (billed.isEmpty()) {
        throw new Unusable(
            "unknown field perHour."
                + entry.getKey()
                + ": use cloudEndpoint, agentEndpoint, address and customDomain");
      }
      perHour.put(billed.get(), price(entry.getKey(), entry.getValue()));
    }
    return new Prices(currency, perHour);
  }

  private static Map<?, ?> mapping(Object tree, String name) throws Unusable {
    if (tree instanceof Map<?, ?> fields && !fields.isEmpty()) {
      return fields;
    }
    throw new Unusable(name + " must be a mapping that is not empty");
  }

  private static BigDecimal price(Object name, Object value) throws Unusable {
    if (value instanceof Number) {
      try {
        BigDecimal price = new BigDecimal(value.toString());
        if (price.signum() >= 0) {
          return price;
        }
      } catch (NumberFormatException infinite) {
        // It is refused below.
      }
    }
    throw new Unusable("perHour." + name + " must be a number that is not negative");
  }
}
