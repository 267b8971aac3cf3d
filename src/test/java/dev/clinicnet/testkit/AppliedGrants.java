package dev.clinicnet.testkit;

import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Grants for namespaces, until the test ends:
 *
 * <pre>{@code
 * @RegisterExtension final AppliedGrants grants = new AppliedGrants();
 * }</pre>
 *
 * <p>The NgrokAccount {@code default} counts for every operator on the API server, so the class of
 * the test has {@link OwnKubernetes}.
 */
public final class AppliedGrants implements BeforeEachCallback, AfterEachCallback {
  private RealKubernetes kubernetes;

  /** Applies a list of grants in YAML. Objects at ngrok under earlier grants stay. */
  public void apply(String grants) {
    apply("Retain", grants);
  }

  /** The same, with another {@code spec.onRevoked}. */
  public void apply(String onRevoked, String grants) {
    apply(NgrokAccount.DEFAULT, onRevoked, grants);
  }

  /** The same, in an account of another name. */
  public void apply(String account, String onRevoked, String grants) {
    kubernetes.apply(
        """
            apiVersion: clinicnet.dev/v1alpha1
            kind: NgrokAccount
            metadata: {name: %s}
            spec:
              onRevoked: %s
              grants:
            %s
            """
            .formatted(account, onRevoked, grants.indent(2)));
  }

  /** The accounts as they are now, with their statuses. */
  public List<NgrokAccount> accounts() {
    return admin().resources(NgrokAccount.class).list().getItems();
  }

  /** Removes all grants. */
  public void withdraw() {
    accounts().forEach(account -> admin().resource(account).delete());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    kubernetes = OwnKubernetes.Loan.of(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    withdraw();
  }

  private KubernetesClient admin() {
    return kubernetes.adminClient();
  }
}
