package dev.clinicnet.operator.cli.plan;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.clinicnet.operator.account.WithheldNames;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.lint.FileAccounts;
import dev.clinicnet.operator.cli.lint.LintedFiles;
import dev.clinicnet.operator.cli.lint.ManifestFiles;
import dev.clinicnet.operator.cli.run.AccountOptions;
import dev.clinicnet.operator.cli.run.OptionValue;
import dev.clinicnet.operator.cli.run.OptionVariables;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.controller.StartFailure;
import dev.clinicnet.operator.drift.DriftReport;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.RequestObserver;
import dev.clinicnet.operator.plan.PlanRunner;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plan}: shows what the operator would change, and changes nothing. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:A plan, with or without changes.",
      "1:An error, or wrong usage.",
      "2:With --exit-code: a plan with changes."
    },
    sortOptions = false,
    exitCodeOnInvalidInput = ExitCode.SOFTWARE,
    description = {
      "Shows what the operator would change at ngrok and in Kubernetes for these manifests.",
      "It only reads: nothing is changed. The ngrok API key is in NGROK_API_KEY.",
      "Exits with 1 on any error, including wrong usage."
    })
public final class PlanCommand implements Callable<Integer> {
  private static final int CHANGES = 2;

  /** How a preview is printed; the names are those of the option. */
  private enum OutputFormat {
    /** For people. */
    human,
    /** For programs. */
    json
  }

  private final Environment environment;

  @Option(
      names = "--base",
      paramLabel = "FILE",
      description =
          "The manifests that are applied now, such as a checkout of the main branch. With them the"
              + " plan knows which lines of a site kit change. May be given several times.")
  private List<String> base = List.of();

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      converter = OptionValue.Instance.class,
      description =
          "The name of the installation, as for 'run'. Default: the one that has marked objects in"
              + " the account, if there is only one.")
  private String instance;

  @Mixin private final ManifestFiles files;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = NgrokAccount.DEFAULT,
      converter = OptionValue.AccountName.class,
      description =
          "The NgrokAccount that the API key belongs to. The plan leaves out the Clinics of other"
              + " accounts. Default: ${DEFAULT-VALUE}.")
  private String ofAccount;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "How it is printed: ${COMPLETION-CANDIDATES}. Default: human.")
  private OutputFormat output = OutputFormat.human;

  @Option(
      names = "--prune",
      description =
          "Also plan the deletion of objects that are not in the files, in the namespaces of the"
              + " files.")
  private boolean prune;

  @Option(
      names = "--dns-endpoints",
      negatable = true,
      fallbackValue = "true",
      description =
          "Whether the operator publishes DNS records as DNSEndpoints, as for 'run'. Default: it"
              + " does not.")
  private boolean dnsEndpoints;

  @Option(
      names = "--strict",
      description = "Count every warning as an error. If there is an error, no request is sent.")
  private boolean strict;

  @Option(
      names = "--new-instance",
      description =
          "The installation that --instance names is new: nothing in the account is marked by it.")
  private boolean newInstance;

  @Option(names = "--exit-code", description = "End with 2 when there are changes.")
  private boolean exitCode;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Spec private CommandSpec spec;

  private PlanCommand(Environment environment, InputStream standardInput) {
    this.environment = environment;
    this.files = new ManifestFiles(standardInput);
  }

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment, InputStream standardInput) {
    return new CommandLine(new PlanCommand(environment, standardInput))
        .setDefaultValueProvider(new OptionVariables(environment));
  }

  @Override
  public Integer call() {
    LintedFiles read = files.read();
    LintedFiles linted = strict ? read.strict() : read;
    if (linted.haveErrors()) {
      print(output == OutputFormat.json ? linted.json() : linted.text());
      return ExitCode.SOFTWARE;
    }
    FileAccounts accounts = FileAccounts.of(linted.documents());
    Optional<String> unknown = accounts.problem(ofAccount);
    if (unknown.isPresent()) {
      throw new ParameterException(spec.commandLine(), unknown.get());
    }
    accounts.leftOut(ofAccount, "Plan them").forEach(spec.commandLine().getErr()::println);
    PlannedManifests manifests = PlannedManifests.of(linted.documents(), ofAccount);
    LintedFiles applied = files.read(base);
    if (applied.haveErrors()) {
      spec.commandLine().getErr().println("The manifests of --base are not valid:");
      print(output == OutputFormat.json ? applied.json() : applied.text());
      return ExitCode.SOFTWARE;
    }
    PageCount pages = new PageCount();
    try {
      AccountListing listing = list(manifests, pages);
      Settings settings = new Settings(instance(listing), account.undoWindow());
      Optional<PlannedManifests> before =
          base.isEmpty()
              ? Optional.empty()
              : Optional.of(PlannedManifests.of(applied.documents(), ofAccount));
      Preview preview = preview(manifests, before, listing, settings);
      warn(linted, preview);
      return report(preview, pages.requests);
    } catch (NgrokException | StartFailure e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  /** Prints the warnings of lint for which the plan has no note. */
  private void warn(LintedFiles linted, Preview preview) {
    LintedFiles untold =
        linted.only(
            problem ->
                preview.notes().stream()
                    .noneMatch(note -> note.message().startsWith(problem.message())));
    if (!untold.problems().isEmpty()) {
      spec.commandLine().getErr().print(untold.text());
    }
  }

  private AccountListing list(PlannedManifests manifests, PageCount pages) {
    try (OkHttpNgrokApi api = account.connect(environment, PlanCommand::refuseWrite, pages)) {
      return AccountListing.take(api, manifests.lists());
    }
  }

  /** The caller is missing here, and not only the permission. */
  private static void refuseWrite() {
    throw new IllegalStateException("plan does not write");
  }

  private String instance(AccountListing listing) {
    Set<String> found = listing.instances();
    if (instance != null) {
      if (!found.isEmpty() && !found.contains(instance) && !newInstance) {
        throw new ParameterException(
            spec.commandLine(),
            "Nothing in the account is marked by instance "
                + instance
                + ", but by "
                + String.join(", ", found)
                + ": correct --instance, or add --new-instance for an installation that is new");
      }
      return instance;
    }
    if (found.size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          (found.isEmpty()
                  ? "Nothing in the account is marked by an installation"
                  : "Several installations have marked something in the account ("
                      + String.join(", ", found)
                      + ")")
              + ": give --instance NAME, the one that 'run' has");
    }
    String only = found.iterator().next();
    spec.commandLine()
        .getErr()
        .println("Planned for instance " + only + ", the only one in the account.");
    return only;
  }

  private Preview preview(
      PlannedManifests manifests,
      Optional<PlannedManifests> before,
      AccountListing listing,
      Settings settings) {
    // Two loggers report what is done or found, and the plan shows that itself. WithheldNames tells
    // administrators what a team may not know, and teams read the plan of a pull request.
    Map<Logger, Optional<Level>> levels = new HashMap<>();
    for (Class<?> told : List.of(PlanRunner.class, WithheldNames.class, DriftReport.class)) {
      Logger logger = (Logger) LoggerFactory.getLogger(told);
      levels.put(logger, Optional.ofNullable(logger.getLevel()));
      logger.setLevel(Level.OFF);
    }
    try {
      return Preview.of(
          manifests, before, listing, settings, dnsEndpoints, prune, Clock.systemUTC().instant());
    } finally {
      levels.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
    }
  }

  private int report(Preview preview, int sweepPages) {
    Cost cost = new Cost(preview.changes().size(), sweepPages, account.budget().permits());
    print(
        output == OutputFormat.json
            ? JSONOutput.text(preview, cost)
            : HumanOutput.text(preview, cost));
    if (preview.isRefused()) {
      return ExitCode.SOFTWARE;
    }
    return exitCode && preview.hasChanges() ? CHANGES : ExitCode.OK;
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }

  /** Every request is a page, because the command sends only lists. */
  private static final class PageCount implements RequestObserver {
    private int requests;

    @Override
    public void requested(
        String resource,
        String method,
        dev.clinicnet.operator.ngrok.Failure failure,
        java.time.Duration took) {
      requests++;
    }
  }
}
