package dev.clinicnet.testkit;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A service account with the rights that {@code deploy/overlays/namespaced} grants, for one
 * namespace. It is in the operator's namespace, beside the account with rights everywhere.
 */
public final class NamespacedAccount implements AutoCloseable {
  private static final String HOME = "clinic-operator";
  private static final String WATCHED = "clinic-operator-watched";
  private static final Path OVERLAY = Path.of("deploy/overlays/namespaced");

  private final FreshNamespace namespace;
  private final String account;

  /** An account with the rights of the overlay's Role. */
  public NamespacedAccount(FreshNamespace namespace) {
    this.namespace = namespace;
    this.account = "only-" + namespace.name();
    apply(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withName(account)
            .withNamespace(HOME)
            .endMetadata()
            .build());
    for (HasMetadata object : load("watched/role.yaml", "watched/rolebinding.yaml")) {
      object.getMetadata().setNamespace(namespace.name());
      if (object instanceof RoleBinding binding) {
        binding.getSubjects().get(0).setName(account);
      }
      apply(object);
    }
  }

  /** A client of the account; the caller closes it. */
  public KubernetesClient client() {
    return namespace.kubernetes().clientOf(HOME, account, "test");
  }

  /** Grants the account the rights that outlast the namespace. */
  public void outlastTheNamespace() {
    for (HasMetadata object : load("finalizers.yaml")) {
      object.getMetadata().setName(account);
      if (object instanceof ClusterRole role) {
        role.getRules().stream()
            .filter(rule -> !rule.getResourceNames().isEmpty())
            .forEach(rule -> rule.setResourceNames(List.of(namespace.name())));
      } else if (object instanceof ClusterRoleBinding binding) {
        binding.getRoleRef().setName(account);
        binding.getSubjects().get(0).setName(account);
      }
      apply(object);
    }
  }

  /** Removes the Role of the namespace. */
  public void removeRole() {
    namespace.admin().rbac().roleBindings().withName(WATCHED).delete();
    namespace.admin().rbac().roles().withName(WATCHED).delete();
  }

  @Override
  public void close() {
    KubernetesClient admin = namespace.kubernetes().adminClient();
    admin.rbac().clusterRoleBindings().withName(account).delete();
    admin.rbac().clusterRoles().withName(account).delete();
    admin.serviceAccounts().inNamespace(HOME).withName(account).delete();
  }

  private List<HasMetadata> load(String... files) {
    return List.of(files).stream()
        .map(OVERLAY::resolve)
        .flatMap(file -> namespace.admin().load(open(file)).items().stream())
        .toList();
  }

  private void apply(HasMetadata object) {
    namespace.kubernetes().apply(object);
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
