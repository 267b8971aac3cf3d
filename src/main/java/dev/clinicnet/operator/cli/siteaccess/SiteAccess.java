package dev.clinicnet.operator.cli.siteaccess;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;
import java.util.Map;

/**
 * The access of one site to its site kit.
 *
 * @param clinic the name of its Clinic
 * @param secret the name of the Secret that holds the site kit
 */
record SiteAccess(String namespace, String clinic, String secret) {
  private static final String SUFFIX = "-site-access";
  private static final String RBAC = "rbac.authorization.k8s.io";

  static SiteAccess of(Clinic clinic) {
    return new SiteAccess(
        clinic.getMetadata().getNamespace(),
        clinic.getMetadata().getName(),
        ClinicNames.siteKitSecret(clinic));
  }

  /** The name of the ServiceAccount, its Role and its RoleBinding. */
  String account() {
    return clinic + SUFFIX;
  }

  /**
   * The objects that give the access. They have no owner: an owner's uid would be wrong after the
   * Clinic is created again from the same manifests, and the access would be lost.
   */
  List<HasMetadata> manifests() {
    return List.of(
        new ServiceAccountBuilder()
            .withMetadata(metadata())
            .withAutomountServiceAccountToken(false)
            .build(),
        new RoleBuilder()
            .withMetadata(metadata())
            .addNewRule()
            .withApiGroups("")
            .withResources("secrets")
            .withResourceNames(secret)
            .withVerbs("get")
            .endRule()
            .build(),
        new RoleBindingBuilder()
            .withMetadata(metadata())
            .withNewRoleRef(RBAC, "Role", account())
            .addNewSubject()
            .withKind("ServiceAccount")
            .withName(account())
            .withNamespace(namespace)
            .endSubject()
            .build());
  }

  private ObjectMeta metadata() {
    return new ObjectMetaBuilder()
        .withName(account())
        .withNamespace(namespace)
        .withAnnotations(Map.of("clinicnet.dev/clinic", clinic))
        .build();
  }
}
