package dev.clinicnet.testkit;

import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * NgrokAccounts with their keys in Secrets, until the test ends:
 *
 * <pre>{@code
 * @RegisterExtension final FurtherAccounts accounts = new FurtherAccounts();
 * }</pre>
 *
 * <p>They count for every operator on the API server, so the class of the test has {@link
 * OwnKubernetes}, or is {@code @Isolated}.
 */
public final class FurtherAccounts implements BeforeEachCallback, AfterEachCallback {
  /** A key that no account of a test has otherwise: well-formed, and obviously not real. */
  public static final String WEST_KEY = "2westwestwestwestwestwestwe_FAKEfakeFAKEfakeFAKE2";

  /** Everything, for the namespace whose name is put in. */
  private static final String ALL =
      """
      - name: all
        namespaces: {names: [%s]}
        internalDomains: ['**']
        domains: ['**']
        sharedDomains: ['**']
        sharedHosts: ['**']
        addresses: {reserve: true}
      """;

  private RealKubernetes kubernetes;

  /** Applies an account that grants a namespace everything. */
  public void applyFor(String namespace, String account) {
    apply(account, account, ALL.formatted(namespace));
  }

  /** Applies an account whose key is in the Secret of this fixture. */
  public void apply(String account, String key, String grants) {
    kubernetes.apply(
        """
            apiVersion: clinicnet.dev/v1alpha1
            kind: NgrokAccount
            metadata: {name: %s}
            spec:
              apiKeySecretRef: {name: accounts, key: %s}
              grants:
            %s
            """
            .formatted(account, key, grants.indent(4)));
  }

  /** Deletes an account. */
  public void delete(String account) {
    admin().resources(NgrokAccount.class).withName(account).delete();
  }

  /** What a condition of an account says: its status, its reason and its message. */
  public String says(String account, ConditionType type) {
    NgrokAccount found = admin().resources(NgrokAccount.class).withName(account).get();
    return found == null || found.getStatus() == null
        ? ""
        : Conditions.find(found.getStatus().conditions(), type)
            .map(c -> c.status() + " " + c.reason() + ": " + c.message())
            .orElse("");
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    kubernetes = OwnKubernetes.Loan.of(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<NgrokAccount> left = admin().resources(NgrokAccount.class).list().getItems();
    left.forEach(account -> admin().resource(account).delete());
  }

  private KubernetesClient admin() {
    return kubernetes.adminClient();
  }
}
