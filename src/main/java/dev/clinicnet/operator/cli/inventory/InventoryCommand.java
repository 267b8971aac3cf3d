package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.cli.Environment;
import dev.clinicnet.operator.cli.lint.LintedFiles;
import dev.clinicnet.operator.cli.lint.ManifestNamespace;
import dev.clinicnet.operator.cli.plan.AccountListing;
import dev.clinicnet.operator.cli.run.AccountOptions;
import dev.clinicnet.operator.cli.run.OptionValue;
import dev.clinicnet.operator.cli.run.OptionVariables;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.operator.controller.KubernetesAccess;
import dev.clinicnet.operator.controller.RootCause;
import dev.clinicnet.operator.controller.StartFailure;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.OkHttpNgrokApi;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.RequestObserver;
import dev.clinicnet.operator.ngrok.Resource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inventory}: shows what the account holds, and deletes what a person names. */
@Command(
    name = "inventory",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:The account was listed, or everything that --delete names was deleted.",
      "1:ngrok, the cluster or a file failed.",
      "2:Wrong usage, or no API key.",
      "3:A rule forbids a deletion. If nothing else is printed, nothing was deleted."
    },
    sortOptions = false,
    description = {
      "Shows what the ngrok account holds, for whom, and what that costs.",
      "It only reads, unless --delete names an object. The ngrok API key is in NGROK_API_KEY."
    })
public final class InventoryCommand implements Callable<Integer> {
  private static final List<Resource<?, ?, ?>> OPTIONAL =
      List.of(Resource.VAULTS, Resource.VAULT_SECRETS, Resource.AGENT_INGRESSES);

  /** A plan without the feature, or a key without the right. */
  private static final Set<Failure> NOT_AVAILABLE =
      Set.of(Failure.ACCOUNT_LIMIT, Failure.NOT_FOUND, Failure.INVALID, Failure.UNAUTHORIZED);

  private final Environment environment;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "The manifests to compare with: files, directories (every *.yaml, *.yml and *.json"
              + " below), or - for standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--cluster",
      description =
          "Compare with the manifests of a cluster instead: of the pod's, otherwise of KUBECONFIG"
              + " or ~/.kube/config.")
  private boolean cluster;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig for --cluster.")
  private Path kubeconfig;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      converter = OptionValue.AccountName.class,
      description =
          "With --cluster: list this NgrokAccount of the cluster, with the API key in its Secret."
              + " Default: the account of the key in NGROK_API_KEY.")
  private String ofAccount;

  @Option(
      names = "--account-secrets-namespace",
      paramLabel = "NAMESPACE",
      defaultValue = "clinic-operator",
      converter = OptionValue.Namespace.class,
      description = "The namespace of that Secret, as for 'run'. Default: ${DEFAULT-VALUE}.")
  private String secretsNamespace;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      converter = OptionValue.Instance.class,
      description =
          "The name of the installation, as for 'run'. Default: the one that has marked objects in"
              + " the account, if there is only one.")
  private String instance;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "How it is printed: ${COMPLETION-CANDIDATES}. Default: human.")
  private OutputFormat output;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "A price list (YAML), to show what the objects cost.")
  private Path prices;

  @Option(
      names = "--delete",
      paramLabel = "ID",
      description =
          "Delete the object with this id, if no rule forbids it. May be given several times.")
  private Set<String> delete = new LinkedHashSet<>();

  @Option(
      names = "--of-instance",
      paramLabel = "NAME",
      converter = OptionValue.Instance.class,
      description = "With --delete: objects of this other installation may be deleted.")
  private String ofInstance;

  @Option(
      names = "--force",
      description = "With --delete: also delete what is in use, or kept on purpose.")
  private boolean force;

  @Mixin private final ManifestNamespace reading;
  @Mixin private final AccountOptions account = new AccountOptions();
  @Spec private CommandSpec spec;

  private InventoryCommand(Environment environment, InputStream standardInput) {
    this.environment = environment;
    this.reading = new ManifestNamespace(standardInput);
  }

  /** The command, in its surroundings. */
  public static CommandLine commandLine(Environment environment, InputStream standardInput) {
    return new CommandLine(new InventoryCommand(environment, standardInput))
        .setDefaultValueProvider(
            new OptionVariables(environment, Set.of("--delete", "--of-instance", "--force")));
  }

  @Override
  public Integer call() {
    requireSense();
    LintedFiles linted = reading.read(files);
    if (linted.haveErrors()) {
      spec.commandLine().getErr().print(linted.text());
      return InventoryExit.FAILED.code();
    }
    try {
      Optional<Prices> list = prices == null ? Optional.empty() : Optional.of(Prices.read(prices));
      return work(linted, list).code();
    } catch (StartFailure e) {
      tell(e.getMessage());
      return e.reason().code();
    } catch (Prices.Unusable | NgrokException e) {
      tell(e.getMessage());
    } catch (KubernetesClientException e) {
      tell(
          "The manifests of the cluster cannot be listed ("
              + RootCause.of(e).replaceAll("\\s*\\R\\s*", " ")
              + "): it takes the right to list clinics and clinicservices in all namespaces");
    }
    return InventoryExit.FAILED.code();
  }

  private void requireSense() {
    if (!files.isEmpty() && isCluster()) {
      throw usage("Give FILE or --cluster, not both");
    } else if (isFurther() && !isCluster()) {
      throw usage(
          "--account needs --cluster, where the NgrokAccount is: or put its key into NGROK_API_KEY,"
              + " without --account");
    } else if (delete.isEmpty() && (force || ofInstance != null)) {
      throw usage("--force and --of-instance need --delete ID");
    } else if (!delete.isEmpty() && (output != null || prices != null)) {
      throw usage("--delete prints no inventory: leave out --output and --prices");
    }
  }

  private InventoryExit work(LintedFiles linted, Optional<Prices> list) {
    try (OkHttpNgrokApi api = connect()) {
      if (!delete.isEmpty()) {
        return new Deletions(
                api,
                () -> look(api, linted),
                spec.commandLine().getOut(),
                spec.commandLine().getErr())
            .run(delete);
      }
      Map<String, String> notListed = new LinkedHashMap<>();
      AccountListing listing = take(api, Lane.SWEEP, notListed);
      String ours = instance(listing);
      KnownManifests manifests = manifests(linted);
      Statement statement =
          new Statement(
              ours,
              manifests.source(),
              Clock.systemUTC().instant(),
              Holdings.of(listing, ours, manifests),
              notListed,
              list);
      OutputFormat format = output == null ? OutputFormat.human : output;
      spec.commandLine().getOut().print(format.text(statement));
      spec.commandLine().getOut().flush();
      return InventoryExit.DONE;
    }
  }

  private boolean isFurther() {
    return ofAccount != null && !ofAccount.equals(NgrokAccount.DEFAULT);
  }

  private OkHttpNgrokApi connect() {
    if (!isFurther()) {
      return account.connect(environment, this::requireDeletion, RequestObserver.NONE);
    }
    try (KubernetesClient client =
        KubernetesAccess.impatientClient(KubernetesAccess.config(kubeconfig))) {
      String key = ClusterAccount.key(client, ofAccount, secretsNamespace);
      return account.connect(() -> key, this::requireDeletion, RequestObserver.NONE);
    } catch (KubernetesClientException e) {
      throw new StartFailure(
          ExitReason.API_KEY_MISSING,
          "The API key of the NgrokAccount "
              + ofAccount
              + " cannot be read ("
              + RootCause.of(e).replaceAll("\\s*\\R\\s*", " ")
              + "): it takes the rights to list ngrokaccounts, and to get their Secret in "
              + secretsNamespace);
    }
  }

  /** The client asks before each write. */
  private void requireDeletion() {
    if (delete.isEmpty()) {
      throw new IllegalStateException("inventory writes only with --delete");
    }
  }

  private Deletions.Look look(NgrokApi api, LintedFiles linted) {
    AccountListing listing = take(api, Lane.CHANGE, new LinkedHashMap<>());
    // The manifests are read last, so that one that was applied meanwhile is seen.
    String ours = instance(listing);
    KnownManifests manifests = manifests(linted);
    return new Deletions.Look(
        Holdings.of(listing, ours, manifests),
        new DeletionRule(manifests, Optional.ofNullable(ofInstance), force));
  }

  /**
   * Lists the account.
   *
   * @param lane that of a change where somebody waits for a deletion
   */
  private static AccountListing take(NgrokApi api, Lane lane, Map<String, String> notListed) {
    Map<Resource<?, ?, ?>, List<? extends RemoteObject>> rows = new LinkedHashMap<>();
    Account.NEEDED.forEach(resource -> rows.put(resource, api.list(resource, lane)));
    for (Resource<?, ?, ?> resource : OPTIONAL) {
      try {
        rows.put(resource, api.list(resource, lane));
      } catch (NgrokException e) {
        if (!NOT_AVAILABLE.contains(e.failure())) {
          throw e;
        }
        notListed.put(resource.path(), e.getMessage());
      }
    }
    return new AccountListing(rows);
  }

  private KnownManifests manifests(LintedFiles linted) {
    if (!isCluster()) {
      return files.isEmpty() ? KnownManifests.NONE : KnownManifests.ofFiles(linted.documents());
    }
    try (KubernetesClient client =
        KubernetesAccess.impatientClient(KubernetesAccess.config(kubeconfig))) {
      return KnownManifests.ofCluster(client);
    }
  }

  private boolean isCluster() {
    return cluster || kubeconfig != null;
  }

  /** The name of this installation; null if nothing in the account belongs to one. */
  private String instance(AccountListing listing) {
    Set<String> found = listing.instances();
    String names = String.join(", ", found);
    if (instance == null && !found.isEmpty() && !delete.isEmpty()) {
      throw usage("--delete needs --instance NAME, the one that 'run' has; found: " + names);
    } else if (instance == null && found.size() > 1) {
      throw usage(
          "Several installations have marked something in the account ("
              + names
              + "): give --instance NAME, the one that 'run' has");
    } else if (instance == null && found.size() == 1) {
      tell("Ours is what instance " + names + " has marked, the only one in the account.");
      return names;
    } else if (instance != null && !found.isEmpty() && !found.contains(instance)) {
      tell("Nothing in the account is marked by instance " + instance + ", but by " + names + ".");
    }
    return instance;
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
