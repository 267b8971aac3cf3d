package dev.clinicnet.operator.cli.run;

import ch.qos.logback.classic.Level;
import dev.clinicnet.operator.config.Durations;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one kind of value. A refusal says what would be accepted. */
public abstract class OptionValue<T> implements ITypeConverter<T> {
  private static final int ALL = 100;
  private static final int MAX_PORT = 65535;

  /** The value, or an {@link IllegalArgumentException} that says how to write one. */
  abstract T read(String text);

  @Override
  public final T convert(String text) {
    try {
      return read(text.strip());
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** A duration, which may be zero. */
  public static final class Span extends OptionValue<Duration> {
    @Override
    Duration read(String text) {
      return Durations.parse(text);
    }
  }

  /** An interval. */
  static final class Interval extends OptionValue<Duration> {
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(100);

    @Override
    Duration read(String text) {
      Duration interval = Durations.parse(text);
      if (interval.compareTo(LEAST_INTERVAL) < 0) {
        throw new IllegalArgumentException("'" + text + "' is too often: use 100ms or more");
      }
      return interval;
    }
  }

  /** A log level. */
  static final class LogLevel extends OptionValue<Level> {
    private static final List<Level> LEVELS =
        List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE);

    @Override
    Level read(String text) {
      return LEVELS.stream()
          .filter(level -> level.toString().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "'" + text + "' is not a log level: use error, warn, info, debug or trace"));
    }
  }

  /** The duration of a Lease. */
  static final class LeaseDuration extends OptionValue<Duration> {
    private static final Duration LEAST_LEASE = Duration.ofSeconds(3);

    @Override
    Duration read(String text) {
      Duration duration = Durations.parse(text);
      if (duration.compareTo(LEAST_LEASE) < 0 || duration.toNanosPart() != 0) {
        throw new IllegalArgumentException(
            "'" + text + "' is not how long a Lease is valid: use whole seconds, 3s or more");
      }
      return duration;
    }
  }

  /** A way of access to the fleet page. */
  static final class FleetPageAccess extends OptionValue<FleetPageChoice.Access> {
    @Override
    FleetPageChoice.Access read(String text) {
      return switch (text) {
        case "token" -> FleetPageChoice.Access.TOKEN;
        case "proxy" -> FleetPageChoice.Access.PROXY;
        default ->
            throw new IllegalArgumentException(
                "'" + text + "' is not a way of access: use token or proxy");
      };
    }
  }

  /** From how many Clinics on a change goes out by waves. */
  static final class WaveThreshold extends OptionValue<Integer> {
    @Override
    Integer read(String text) {
      if (!text.matches("\\d{1,6}")) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a number of Clinics: use 0 for no waves, or more");
      }
      return Integer.valueOf(text);
    }
  }

  /** A share in percent. */
  static final class Percent extends OptionValue<Integer> {
    @Override
    Integer read(String text) {
      if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > ALL) {
        throw new IllegalArgumentException("'" + text + "' is not a percentage: use 1 to 100");
      }
      return Integer.valueOf(text);
    }
  }

  /** A TCP port. */
  static final class Port extends OptionValue<Integer> {
    @Override
    Integer read(String text) {
      if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a port: use 1 to 65535, or 0 for any free one");
      }
      return Integer.valueOf(text);
    }
  }

  /** An address to connect to. */
  static final class HostAndPort extends OptionValue<InetSocketAddress> {
    private static final Pattern FORM = Pattern.compile("(\\[[^\\[\\]]+\\]|[^:\\s]+):(\\d{1,5})");

    @Override
    InetSocketAddress read(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches() || !isPort(Integer.parseInt(parts.group(2)))) {
        throw new IllegalArgumentException(
            "'" + text + "' is not HOST:PORT: write it like 127.0.0.1:8443 or [::1]:8443");
      }
      InetSocketAddress address =
          new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
      if (address.isUnresolved()) {
        throw new IllegalArgumentException(
            "'" + parts.group(1) + "' has no address: give one, or a name that DNS knows");
      }
      return address;
    }

    private static boolean isPort(int number) {
      return number >= 1 && number <= MAX_PORT;
    }
  }

  /** The number of requests that an account allows. */
  static final class RequestBudget extends OptionValue<BudgetOptions> {
    @Override
    BudgetOptions read(String text) {
      if (!text.matches("\\d{1,6}")) {
        throw new IllegalArgumentException("'" + text + "' is not a number of requests");
      }
      return BudgetOptions.perMinute(Integer.parseInt(text));
    }
  }

  /** The URL of the ngrok API. */
  static final class ApiUrl extends OptionValue<URI> {
    @Override
    URI read(String text) {
      URI url;
      try {
        url = URI.create(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'" + text + "' is not a URL", e);
      }
      return NgrokClientOptions.of(url, () -> null).baseUrl();
    }
  }

  /** A faster time of the account. */
  static final class FastTime extends OptionValue<AccountTime> {
    @Override
    AccountTime read(String text) {
      try {
        return AccountTime.parse(text);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a time such as 10@2026-01-01T00:00:00Z", e);
      }
    }
  }

  /** The URL of a directory of web pages. */
  static final class DirectoryUrl extends OptionValue<URI> {
    @Override
    URI read(String text) {
      if (!text.matches("https?://[^\\s/?#@]+[^\\s?#@]*")) {
        throw new IllegalArgumentException(
            "'" + text + "' is not the URL of a directory: write it like https://example.com/a");
      }
      try {
        return URI.create(text.replaceFirst("/+$", ""));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'" + text + "' is not a URL", e);
      }
    }
  }

  /** The platform's name for service users. */
  static final class ServiceUsersPath extends OptionValue<String> {
    @Override
    String read(String text) {
      NgrokClientOptions.of(NgrokClientOptions.DEFAULT_BASE_URL, () -> null)
          .withServiceUsersPath(text);
      return text;
    }
  }

  /** The name of a namespace. */
  public static final class Namespace extends OptionValue<String> {
    @Override
    String read(String text) {
      if (!text.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is not the name of a namespace: use up to 63 lowercase letters, digits and"
                + " '-'");
      }
      return text;
    }
  }

  /** The name of an NgrokAccount. */
  public static final class AccountName extends OptionValue<String> {
    @Override
    String read(String text) {
      if (!text.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' is not the name of an NgrokAccount that a Clinic can name: use up to 63"
                + " lowercase letters, digits and '-'");
      }
      return text;
    }
  }

  /** The name of an installation. */
  public static final class Instance extends OptionValue<String> {
    @Override
    String read(String text) {
      if (!text.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")) {
        throw new IllegalArgumentException(
            "'" + text + "' is not an instance: use up to 64 letters, digits, '.', '_' and '-'");
      }
      return text;
    }
  }
}
