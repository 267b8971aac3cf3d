package dev.clinicnet.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the subjects of a binding have its rights. The API server decides by its caches, so
 * the rights come a moment after the role and its binding are stored.
 */
final class EffectiveBinding {
  private static final long LIMIT_SECONDS = 30;
  private static final long LOOK_MILLIS = 20;

  private EffectiveBinding() {}

  /** Returns when every subject of a binding has its rights. For other objects, returns at once. */
  static void await(KubernetesClient admin, HasMetadata object) {
    if (object instanceof RoleBinding binding) {
      String namespace = binding.getMetadata().getNamespace();
      List<PolicyRule> rules = rules(admin, binding.getRoleRef(), namespace);
      binding.getSubjects().forEach(subject -> await(admin, subject, rules, namespace));
    } else if (object instanceof ClusterRoleBinding binding) {
      List<PolicyRule> rules = rules(admin, binding.getRoleRef(), null);
      binding.getSubjects().forEach(subject -> await(admin, subject, rules, null));
    }
  }

  /** Empty if the role does not exist, because a binding may come before it. */
  private static List<PolicyRule> rules(KubernetesClient admin, RoleRef ref, String namespace) {
    if (ref.getKind().equals("ClusterRole")) {
      ClusterRole role = admin.rbac().clusterRoles().withName(ref.getName()).get();
      return role == null ? List.of() : role.getRules();
    }
    Role role = admin.rbac().roles().inNamespace(namespace).withName(ref.getName()).get();
    return role == null ? List.of() : role.getRules();
  }

  private static void await(
      KubernetesClient admin, Subject subject, List<PolicyRule> rules, String namespace) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    for (PolicyRule rule : rules) {
      while (!rule.getResources().isEmpty() && !isAllowed(admin, subject, right(rule, namespace))) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              "The API server does not let %s %s do what is bound to it after %d s."
                  .formatted(subject.getKind(), subject.getName(), LIMIT_SECONDS));
        }
        pause();
      }
    }
  }

  /** One right of a rule. All rights of a rule come together. */
  private static ResourceAttributes right(PolicyRule rule, String namespace) {
    String[] resource = rule.getResources().get(0).split("/", 2);
    return new ResourceAttributesBuilder()
        .withVerb(rule.getVerbs().get(0))
        .withGroup(rule.getApiGroups().get(0))
        .withResource(resource[0])
        .withSubresource(resource.length > 1 ? resource[1] : null)
        .withName(rule.getResourceNames().isEmpty() ? null : rule.getResourceNames().get(0))
        .withNamespace(namespace)
        .build();
  }

  private static boolean isAllowed(
      KubernetesClient admin, Subject subject, ResourceAttributes right) {
    boolean account = subject.getKind().equals("ServiceAccount");
    boolean group = subject.getKind().equals("Group");
    String user =
        account
            ? "system:serviceaccount:" + subject.getNamespace() + ":" + subject.getName()
            : subject.getName();
    return admin
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(group ? "somebody" : user)
                .withGroups(group ? List.of(subject.getName()) : List.of())
                .withResourceAttributes(right)
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for rights", e);
    }
  }
}
