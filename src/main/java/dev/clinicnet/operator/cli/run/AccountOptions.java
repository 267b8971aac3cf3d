package dev.clinicnet.operator.cli.run;

import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.config.Version;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.controller.StartFailure;
import dev.clinicnet.operator.ngrok.Budget;
import dev.clinicnet.operator.ngrok.BudgetOptions;
import dev.clinicnet.operator.ngrok.NgrokClientOptions;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.RequestObserver;
import dev.clinicnet.operator.ngrok.WriteGuard;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options for the ngrok account, as the user gave them. */
public final class AccountOptions {
  @Option(
      names = "--ngrok-api-url",
      paramLabel = "URL",
      defaultValue = "https://api.ngrok.com",
      converter = OptionValue.ApiUrl.class,
      description = "The ngrok API. Plain http only for localhost. Default: ${DEFAULT-VALUE}.")
  URI ngrokApiUrl;

  @Option(
      names = "--ngrok-api-key-file",
      paramLabel = "FILE",
      description =
          "A file with the API key, read again for every request. Default: the key is in"
              + " NGROK_API_KEY.")
  Path ngrokApiKeyFile;

  @Option(
      names = "--service-users-path",
      paramLabel = "PATH",
      defaultValue = "service_users",
      converter = OptionValue.ServiceUsersPath.class,
      description =
          "The name of service users in the ngrok API: service_users or bot_users. Never change it"
              + " later. Default: ${DEFAULT-VALUE}.")
  String serviceUsersPath;

  @Option(
      names = "--undo-window",
      paramLabel = "DURATION",
      defaultValue = "168h",
      converter = OptionValue.Span.class,
      description =
          "How long addresses and exclusive domains are kept after their manifest was deleted; 0:"
              + " not at all. Default: ${DEFAULT-VALUE}.")
  Duration undoWindow;

  @Option(
      names = "--requests-per-minute",
      paramLabel = "NUMBER",
      defaultValue = "120",
      converter = OptionValue.RequestBudget.class,
      description =
          "How many requests to the ngrok API may be made in any minute; fewer if others use"
              + " the account too. Default: ${DEFAULT-VALUE}.")
  BudgetOptions budget;

  /** Options without values. Picocli sets them. */
  public AccountOptions() {}

  /**
   * Connects a command to the account, within its budget.
   *
   * @param guard asked before each write
   * @throws StartFailure when there is no usable API key
   */
  public OkHttpNgrokApi connect(
      Environment environment, WriteGuard guard, RequestObserver observer) {
    return connect(ApiKey.from(ngrokApiKeyFile, environment), guard, observer);
  }

  /**
   * The same, with a key from elsewhere.
   *
   * @param guard asked before each write
   */
  public OkHttpNgrokApi connect(
      Supplier<String> apiKey, WriteGuard guard, RequestObserver observer) {
    return new OkHttpNgrokApi(
        client(apiKey),
        // An operator may use the account at its even pace, but a command is over soon.
        new Budget(budget.assuming(budget.permits() / 2), System::nanoTime),
        guard,
        observer);
  }

  NgrokClientOptions client(Supplier<String> apiKey) {
    return NgrokClientOptions.of(ngrokApiUrl, apiKey)
        .withServiceUsersPath(serviceUsersPath)
        .withUserAgent(ClinicOperator.NAME + "/" + Version.current());
  }

  /** The number of requests that the account allows. */
  public BudgetOptions budget() {
    return budget;
  }

  /** The time for which a retired name is kept. */
  public Duration undoWindow() {
    return undoWindow;
  }
}
