package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.lint.Lint;
import dev.clinicnet.operator.cli.plan.AccountListing;
import dev.clinicnet.operator.cli.run.AccountOptions;
import dev.clinicnet.operator.cli.run.OptionValue;
import dev.clinicnet.operator.cli.run.OptionVariables;
import dev.clinicnet.operator.controller.StartFailure;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestReader;
import dev.clinicnet.operator.manifest.Problem;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.RequestObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: writes manifests for what the account holds, and changes nothing there. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:The manifests were written.", "1:An error, or wrong usage."},
    sortOptions = false,
    exitCodeOnInvalidInput = ExitCode.SOFTWARE,
    description = {
      "Writes manifests for an ngrok account that was set up by hand.",
      "It only reads the account. The manifests adopt what is there: check with 'plan' that applying"
          + " them changes nothing but marks. What is not imported is listed with the reason.",
      "The ngrok API key is in NGROK_API_KEY. Exits with 1 on any error, including wrong usage."
    })
public final class ImportCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(
      arity = "1",
      paramLabel = "DIRECTORY",
      description = "Where the manifests are written: one file a Clinic, and one with the grants.")
  private Path directory;

  @Option(
      names = "--namespace",
      paramLabel = "NAMESPACE",
      converter = OptionValue.Namespace.class,
      description = "The namespace of the manifests. Default: default.")
  private String namespace = "default";

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = NgrokAccount.DEFAULT,
      converter = OptionValue.AccountName.class,
      description =
          "The NgrokAccount that the API key belongs to. The Clinics name it in spec.accountRef."
              + " Default: ${DEFAULT-VALUE}.")
  private String ofAccount;

  @Option(
      names = "--overwrite",
      description =
          "Write into a directory that is not empty. Files of the same name are replaced, and"
              + " others stay.")
  private boolean overwrite;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "How the report is printed: ${COMPLETION-CANDIDATES}. Default: human.")
  private OutputFormat output = OutputFormat.human;

  @Mixin private final AccountOptions account = new AccountOptions();
  @Spec private CommandSpec spec;

  private ImportCommand(Environment environment) {
    this.environment = environment;
  }

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment) {
    return new CommandLine(new ImportCommand(environment))
        .setDefaultValueProvider(new OptionVariables(environment));
  }

  @Override
  public Integer call() {
    ManifestDirectory target = new ManifestDirectory(directory);
    try {
      if (!overwrite && !target.isFree()) {
        return fail(
            directory
                + " is not empty: choose another directory, or add --overwrite to replace the"
                + " files of the same names");
      }
      AccountFacts facts = AccountFacts.of(list());
      Imported imported = Recognition.of(facts);
      Map<String, String> files = files(imported, facts);
      Map<String, String> refused = refused(files);
      if (!refused.isEmpty()) {
        imported = imported.without(refused);
        files = files(imported, facts);
      }
      if (!files.isEmpty()) {
        target.write(files);
      }
      print(
          output == OutputFormat.json
              ? JSONReport.text(imported, directory)
              : HumanReport.text(imported, directory));
      return ExitCode.OK;
    } catch (NgrokException | StartFailure e) {
      return fail(e.getMessage());
    } catch (IOException e) {
      return fail("The manifests cannot be written: " + e.getMessage());
    }
  }

  private AccountListing list() {
    try (OkHttpNgrokApi api =
        account.connect(environment, ImportCommand::refuseWrite, RequestObserver.NONE)) {
      return AccountListing.take(api, Set.of());
    }
  }

  private static void refuseWrite() {
    throw new IllegalStateException("import does not write");
  }

  private Map<String, String> files(Imported imported, AccountFacts facts) {
    return ManifestText.files(
        imported,
        GrantManifest.of(
            imported,
            ofAccount,
            namespace,
            id ->
                facts.credentials().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .map(Credential::acl)
                    .orElse(List.of())),
        ofAccount,
        namespace);
  }

  /** The objects that the API server or the operator would refuse, by name, with the reasons. */
  private Map<String, String> refused(Map<String, String> files) {
    List<Document> documents = new ArrayList<>();
    files.forEach(
        (file, text) ->
            documents.addAll(new ManifestReader(namespace).read(file, text).documents()));
    return Lint.check(documents).stream()
        .filter(Problem::isError)
        .collect(
            Collectors.toMap(
                Problem::name,
                problem -> "Its manifest would be refused: " + problem.message() + ".",
                (first, second) -> first,
                TreeMap::new));
  }

  private int fail(String message) {
    spec.commandLine().getErr().println(message);
    return ExitCode.SOFTWARE;
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }
}
