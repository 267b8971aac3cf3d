package dev.clinicnet.operator.cli.takeover;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.lint.FileAccounts;
import dev.clinicnet.operator.cli.lint.LintedFiles;
import dev.clinicnet.operator.cli.lint.ManifestFiles;
import dev.clinicnet.operator.cli.lint.TypedManifests;
import dev.clinicnet.operator.cli.plan.AccountListing;
import dev.clinicnet.operator.cli.run.AccountOptions;
import dev.clinicnet.operator.cli.run.OptionValue;
import dev.clinicnet.operator.cli.run.OptionVariables;
import dev.clinicnet.operator.controller.StartFailure;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.RequestObserver;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code take-over}: gives the objects of a lost installation to another one. */
@Command(
    name = "take-over",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:The marks were written, or shown without --apply.",
      "1:An error, or wrong usage."
    },
    sortOptions = false,
    exitCodeOnInvalidInput = ExitCode.SOFTWARE,
    description = {
      "Gives what a lost installation has marked for these manifests to another installation.",
      "Without --apply it only shows what it would do. It changes marks and nothing else.",
      "Run it before the operator of the new installation, and stop the old operator first. The ngrok"
          + " API key is in NGROK_API_KEY. Exits with 1 on any error, including wrong usage."
    })
public final class TakeOverCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private final ManifestFiles files;

  @Option(
      names = "--take-over-instance",
      required = true,
      paramLabel = "NAME",
      converter = OptionValue.Instance.class,
      description = "The name of the lost installation, as it stands in the marks.")
  private String from;

  @Option(
      names = "--instance",
      required = true,
      paramLabel = "NAME",
      converter = OptionValue.Instance.class,
      description = "The name of the installation that takes over, as for 'run'.")
  private String to;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = NgrokAccount.DEFAULT,
      converter = OptionValue.AccountName.class,
      description =
          "The NgrokAccount that the API key belongs to. The Clinics of other accounts are left out."
              + " Default: ${DEFAULT-VALUE}.")
  private String ofAccount;

  @Option(names = "--apply", description = "Write the marks.")
  private boolean apply;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Spec private CommandSpec spec;

  private TakeOverCommand(Environment environment, InputStream standardInput) {
    this.environment = environment;
    this.files = new ManifestFiles(standardInput);
  }

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment, InputStream standardInput) {
    return new CommandLine(new TakeOverCommand(environment, standardInput))
        .setDefaultValueProvider(
            new OptionVariables(environment, Set.of("--take-over-instance", "--apply")));
  }

  @Override
  public Integer call() {
    if (from.equals(to)) {
      throw usage(
          "--take-over-instance and --instance are the same: what "
              + to
              + " has marked is its own");
    }
    LintedFiles linted = files.read();
    if (linted.haveErrors()) {
      spec.commandLine().getErr().print(linted.text());
      return ExitCode.SOFTWARE;
    }
    FileAccounts accounts = FileAccounts.of(linted.documents());
    Optional<String> unknown = accounts.problem(ofAccount);
    if (unknown.isPresent()) {
      throw usage(unknown.get());
    }
    accounts.leftOut(ofAccount, "Take them over").forEach(spec.commandLine().getErr()::println);
    try (OkHttpNgrokApi api =
        account.connect(environment, this::requireApply, RequestObserver.NONE)) {
      AccountListing listing = AccountListing.take(api, Set.of());
      requireMarks(listing.instances());
      TakeOver taken = decide(listing, linted.documents(), accounts);
      for (Remark<?, ?> remark : taken.remarks()) {
        if (apply) {
          remark.write(api);
        }
        out().println((apply ? "took over " : "would take over ") + remark.text());
      }
      tell(taken);
      return ExitCode.OK;
    } catch (NgrokException | StartFailure e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private static boolean isOurs(Document document) {
    return ManifestValidation.knows(document)
        && (document.kind().equals("Clinic") || document.kind().equals("ClinicService"));
  }

  /** Whether a document is in the account. A service whose Clinic is not in the files is. */
  private boolean isHere(Document document, FileAccounts accounts) {
    String clinic =
        document.kind().equals("Clinic")
            ? document.name()
            : TypedManifests.typed(document, ClinicService.class).getSpec().clinicRef().name();
    return accounts.mayHold(ofAccount, document.namespace(), clinic);
  }

  private TakeOver decide(AccountListing listing, List<Document> documents, FileAccounts accounts) {
    List<Document> ours =
        documents.stream()
            .filter(TakeOverCommand::isOurs)
            .filter(document -> isHere(document, accounts))
            .toList();
    Set<Owner> owners =
        ours.stream()
            .map(one -> new Owner(one.kind(), one.namespace(), one.name()))
            .collect(Collectors.toSet());
    List<Clinic> clinics =
        ours.stream()
            .filter(one -> one.kind().equals("Clinic"))
            .map(one -> TypedManifests.typed(one, Clinic.class))
            .toList();
    return TakeOver.of(listing, owners, clinics, from, to);
  }

  private void requireMarks(Set<String> found) {
    if (!found.contains(from)) {
      throw usage(
          "Nothing in the account is marked by instance "
              + from
              + (found.isEmpty() ? "" : ", but by " + String.join(", ", found)));
    }
  }

  /** The client asks before each write. */
  private void requireApply() {
    if (!apply) {
      throw new IllegalStateException("take-over writes only with --apply");
    }
  }

  private void tell(TakeOver taken) {
    taken.left().forEach(line -> out().println("left, not in these files: " + line));
    out()
        .println(
            taken.remarks().size()
                + (taken.remarks().size() == 1 ? " object" : " objects")
                + (apply ? " taken over" : " to take over: add --apply")
                + ", "
                + taken.left().size()
                + " left.");
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
