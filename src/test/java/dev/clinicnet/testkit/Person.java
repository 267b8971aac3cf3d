package dev.clinicnet.testkit;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfoBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A person with one of the roles in {@code deploy/base/userroles.yaml}, in one namespace. */
public final class Person {
  private Person() {}

  /**
   * The kubeconfig of a new person.
   *
   * @param name a ServiceAccount stands for the person
   * @param role a ClusterRole to bind in the namespace; empty: no rights
   */
  public static Path kubeconfig(
      FreshNamespace namespace, Path directory, String name, String role) {
    namespace
        .kubernetes()
        .apply(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.name())
                .endMetadata()
                .build());
    if (!role.isEmpty()) {
      bind(namespace, name, "ClusterRole", role);
    }
    Config config =
        Serialization.unmarshal(namespace.kubernetes().adminKubeconfigYaml(), Config.class);
    config.getContexts().forEach(context -> context.getContext().setUser(name));
    config.getContexts().forEach(context -> context.getContext().setNamespace(namespace.name()));
    config.setUsers(
        List.of(
            new NamedAuthInfoBuilder()
                .withName(name)
                .withNewUser()
                .withToken(namespace.kubernetes().token(namespace.name(), name))
                .endUser()
                .build()));
    try {
      return Files.writeString(
          directory.resolve(name + ".kubeconfig"), Serialization.asYaml(config));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets a person get one Secret. */
  public static void mayGetSecret(FreshNamespace namespace, String name, String secret) {
    namespace
        .kubernetes()
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: %2$s, namespace: %1$s}
            rules: [{apiGroups: [""], resources: [secrets], resourceNames: [%2$s], verbs: [get]}]
            """
                .formatted(namespace.name(), secret));
    bind(namespace, name, "Role", secret);
  }

  private static void bind(FreshNamespace namespace, String name, String kind, String role) {
    namespace
        .kubernetes()
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: %2$s-%4$s, namespace: %1$s}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: %3$s, name: %4$s}
            subjects: [{kind: ServiceAccount, name: %2$s, namespace: %1$s}]
            """
                .formatted(namespace.name(), name, kind, role));
  }
}
