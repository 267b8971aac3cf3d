package dev.clinicnet.operator.cli.run;

import dev.clinicnet.operator.cli.Environment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Every option can be given as an environment variable too: {@code --drift-interval} as {@code
 * CLINIC_OPERATOR_DRIFT_INTERVAL}. The option wins.
 */
public final class OptionVariables implements IDefaultValueProvider {
  private static final String PREFIX = "CLINIC_OPERATOR_";

  /** Kubernetes sets these variables for a Service whose name begins like ours. */
  private static final String SERVICE_LINK = ".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_.*)?)";

  private final Environment environment;
  private final Set<String> without;

  /** The variables of these surroundings. */
  public OptionVariables(Environment environment) {
    this(environment, Set.of());
  }

  /**
   * The variables of these surroundings.
   *
   * @param without the options that must be given on the command line each time, such as {@code
   *     --force}
   */
  public OptionVariables(Environment environment, Set<String> without) {
    this.environment = environment;
    this.without = Set.copyOf(without);
  }

  /** The variable of an option. */
  static String name(OptionSpec option) {
    String name = option.longestName().substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    return name.startsWith("NGROK_") ? name : PREFIX + name;
  }

  /** The variable that a refused value comes from; empty when it comes from the command line. */
  public static Optional<String> source(ParameterException e, String[] args) {
    return e.getArgSpec() instanceof OptionSpec option
            && option.command().defaultValueProvider() instanceof OptionVariables variables
            && variables.environment.variable(name(option)).isPresent()
            && Arrays.stream(args).noneMatch(arg -> isFor(option, arg))
        ? Optional.of(name(option))
        : Optional.empty();
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && !without.contains(option.longestName())
        ? environment.variable(name(option)).orElse(null)
        : null;
  }

  /** The variables that look like those of an option, but are mistyped. */
  Set<String> unknown(CommandSpec command) {
    Set<String> known =
        command.options().stream().map(OptionVariables::name).collect(Collectors.toSet());
    return environment.variables().keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
        .filter(name -> !("_" + name.substring(PREFIX.length())).matches(SERVICE_LINK))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isFor(OptionSpec option, String arg) {
    return Arrays.stream(option.names())
        .anyMatch(name -> arg.equals(name) || arg.startsWith(name + "="));
  }
}
