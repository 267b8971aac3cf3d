package dev.clinicnet.operator.manifest;

import dev.cel.runtime.CelFunctionOverload;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions on Kubernetes quantities, such as {@code 1.5Gi}. */
final class QuantityFunctions {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))"
              + "(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?[0-9]{1,3}))?");
  private static final Map<String, Integer> DECIMAL =
      Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final String BINARY = "KMGTPE";
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private QuantityFunctions() {}

  static void declare(KubernetesLibrary library) {
    library.global("isQuantity", String.class, Boolean.class, args -> parse(args[0]).isPresent());
    library.global(
        "quantity",
        String.class,
        Object.class,
        args ->
            parse(args[0])
                .orElseThrow(() -> new IllegalArgumentException("no quantity: " + args[0])));
    member(library, "sign", Long.class, args -> (long) one(args).signum());
    member(library, "isInteger", Boolean.class, a -> one(a).stripTrailingZeros().scale() <= 0);
    member(library, "asInteger", Long.class, args -> one(args).longValueExact());
    member(library, "asApproximateFloat", Double.class, args -> one(args).doubleValue());
    pair(library, "add", Object.class, args -> one(args).add(other(args)));
    pair(library, "sub", Object.class, args -> one(args).subtract(other(args)));
    pair(library, "compareTo", Long.class, args -> (long) one(args).compareTo(other(args)));
    pair(library, "isLessThan", Boolean.class, args -> one(args).compareTo(other(args)) < 0);
    pair(library, "isGreaterThan", Boolean.class, args -> one(args).compareTo(other(args)) > 0);
  }

  private static void member(
      KubernetesLibrary library, String name, Class<?> result, CelFunctionOverload code) {
    library.member(name, BigDecimal.class, result, code);
  }

  private static void pair(
      KubernetesLibrary library, String name, Class<?> result, CelFunctionOverload code) {
    library.member(name, BigDecimal.class, result, code, BigDecimal.class);
  }

  private static BigDecimal one(Object[] arguments) {
    return (BigDecimal) arguments[0];
  }

  private static BigDecimal other(Object[] arguments) {
    return (BigDecimal) arguments[1];
  }

  private static Optional<BigDecimal> parse(Object text) {
    Matcher matcher = FORM.matcher((String) text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    if (matcher.group(3) != null) {
      return Optional.of(number.scaleByPowerOfTen(Integer.parseInt(matcher.group(3))));
    }
    String suffix = matcher.group(2) == null ? "" : matcher.group(2);
    return Optional.of(
        suffix.endsWith("i")
            ? number.multiply(KIBI.pow(1 + BINARY.indexOf(suffix.charAt(0))))
            : number.scaleByPowerOfTen(DECIMAL.getOrDefault(suffix, 0)));
  }
}
