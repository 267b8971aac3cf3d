package dev.clinicnet.operator.reference;

import dev.clinicnet.operator.api.v1alpha1.Access;
import dev.clinicnet.operator.api.v1alpha1.AgentTermination;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.Expose;
import dev.clinicnet.operator.api.v1alpha1.KeyRef;
import dev.clinicnet.operator.api.v1alpha1.KeySource;
import dev.clinicnet.operator.api.v1alpha1.OIDC;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects that a Clinic refers to, and those that a service does in addition to its Clinic. */
public final class References {
  private References() {}

  /** Every Secret and ConfigMap that a service names, whether it exists or not. */
  public static List<Reference> of(ClinicService service) {
    String namespace = service.getMetadata().getNamespace();
    List<Reference> references = new ArrayList<>();
    termination(service)
        .ifPresent(
            termination -> {
              addSecret(references, namespace, termination.certificateSecretRef().name());
              add(references, namespace, termination.clientCARef());
            });
    addAccess(references, namespace, service.getSpec().access());
    return references;
  }

  /** Every Secret that a Clinic itself names, whether it exists or not. */
  public static List<Reference> of(Clinic clinic) {
    KeyRef password = clinic.getSpec().agent().proxyPasswordSecretRef();
    return password == null
        ? List.of()
        : List.of(
            new Reference(Reference.SECRET, clinic.getMetadata().getNamespace(), password.name()));
  }

  private static void addAccess(List<Reference> references, String namespace, Access access) {
    if (access.mutualTLS() != null) {
      access.mutualTLS().caBundles().forEach(source -> add(references, namespace, source));
    }
    clientSecret(access).ifPresent(ref -> addSecret(references, namespace, ref.name()));
    if (access.basicAuth() != null) {
      addSecret(references, namespace, access.basicAuth().secretRef().name());
    }
  }

  /** The place of the client secret of a login; empty if no login has one. */
  public static Optional<KeyRef> clientSecret(Access access) {
    if (access.oauth() != null) {
      return Optional.ofNullable(access.oauth().clientSecretRef());
    }
    return Optional.ofNullable(access.oidc()).map(OIDC::clientSecretRef);
  }

  private static void addSecret(List<Reference> references, String namespace, String name) {
    references.add(new Reference(Reference.SECRET, namespace, name));
  }

  /** The keys of {@link Reference#key} under which a Clinic is found. */
  public static List<String> keys(Clinic clinic) {
    return of(clinic).stream().map(Reference::key).toList();
  }

  /** The keys of {@link Reference#key} under which a service is found. */
  public static List<String> keys(ClinicService service) {
    return of(service).stream().map(Reference::key).distinct().toList();
  }

  /** Whether the agent ends TLS for a service, so that it needs a certificate. */
  public static boolean endsAtAgent(ClinicService service) {
    return termination(service).isPresent();
  }

  static Optional<AgentTermination> termination(ClinicService service) {
    return Optional.ofNullable(service.getSpec().expose())
        .map(Expose::tls)
        .map(tls -> tls.agentTermination());
  }

  private static void add(List<Reference> references, String namespace, KeySource source) {
    if (source != null && source.configMapKeyRef() != null) {
      references.add(
          new Reference(Reference.CONFIG_MAP, namespace, source.configMapKeyRef().name()));
    }
    if (source != null && source.secretKeyRef() != null) {
      addSecret(references, namespace, source.secretKeyRef().name());
    }
  }
}
