package dev.clinicnet.operator.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The meaning of YAML words without quotes in kubectl, which reads YAML 1.1 with exceptions: {@code
 * yes} is true, and {@code 010} is eight.
 */
final class PlainScalars {
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Map<String, Boolean> BOOLEANS =
      Stream.of(
              "y Y yes Yes YES true True TRUE on On ON".split(" ", -1),
              "n N no No NO false False FALSE off Off OFF".split(" ", -1))
          .flatMap(Stream::of)
          .collect(Collectors.toUnmodifiableMap(w -> w, w -> w.matches("(?i)y|yes|true|on")));
  private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");
  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private PlainScalars() {}

  /** The value: a String, Long, Double, Boolean or null. */
  static Object value(String word) {
    if (NULL.contains(word)) {
      return null;
    }
    if (BOOLEANS.containsKey(word)) {
      return BOOLEANS.get(word);
    }
    if (TIME.matcher(word).matches()) {
      return word;
    }
    String digits = word.replace("_", "");
    Matcher integer = INTEGER.matcher(digits);
    if (Character.toString(word.charAt(0)).matches("[-+0-9]") && integer.matches()) {
      return number(new BigDecimal(integer(integer)));
    }
    boolean startsAsNumber = Character.toString(word.charAt(0)).matches("[-+.0-9]");
    if (startsAsNumber && FLOAT.matcher(word.startsWith(".") ? word : digits).matches()) {
      return decimal(digits).orElse(word);
    }
    return word;
  }

  private static BigInteger integer(Matcher integer) {
    BigInteger absolute =
        Optional.ofNullable(integer.group(3))
            .map(hex -> new BigInteger(hex, 16))
            .or(() -> Optional.ofNullable(integer.group(4)).map(b -> new BigInteger(b, 2)))
            .or(() -> Optional.ofNullable(integer.group(5)).map(o -> new BigInteger(o, 8)))
            .orElseGet(() -> new BigInteger(integer.group(6)));
    return integer.group(1).equals("-") ? absolute.negate() : absolute;
  }

  private static Optional<Object> decimal(String digits) {
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      return Optional.empty();
    }
    return Optional.of(number(BigDecimal.valueOf(value)));
  }

  /** Whole numbers become integers on their way to the API server, also {@code 5.0}. */
  private static Object number(BigDecimal value) {
    boolean whole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    if (whole && value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0) {
      return value.longValue();
    }
    return value.doubleValue();
  }
}
