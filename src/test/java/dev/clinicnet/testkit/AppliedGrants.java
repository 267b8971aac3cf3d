package dev.clinicnet.testkit;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What namespaces are granted, until the test ends:
 *
 * <pre>{@code
 * @RegisterExtension final AppliedGrants grants = new AppliedGrants();
 * }</pre>
 *
 * <p>The NgrokAccount {@code default} counts for every operator on the API server: no other test
 * may run beside one with grants, so its class is {@code @Isolated}.
 */
public final class AppliedGrants implements AfterEachCallback {

  /** Grants what a list in YAML says. What was granted before and is not in it stays at ngrok. */
  public void apply(String grants) {
    apply("Retain", grants);
  }

  /** The same, with another {@code spec.onRevoked}. */
  public void apply(String onRevoked, String grants) {
    apply(NgrokAccount.USED, onRevoked, grants);
  }

  /** The same, in an account of another name. */
  public void apply(String account, String onRevoked, String grants) {
    SharedKubernetes.get()
        .apply(
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

  /** Takes all of it back. */
  public void withdraw() {
    accounts().forEach(account -> admin().resource(account).delete());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    withdraw();
  }

  private static KubernetesClient admin() {
    return SharedKubernetes.get().adminClient();
  }
}
