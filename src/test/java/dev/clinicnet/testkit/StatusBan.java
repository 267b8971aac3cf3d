package dev.clinicnet.testkit;

import dev.clinicnet.demo.RealKubernetes;

/**
 * The API server refuses every status of one service in one namespace, until the ban is lifted. It
 * comes into force, and ends, after a moment.
 */
public final class StatusBan {
  private static final String POLICY =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: %1$s}
      spec:
        failurePolicy: Fail
        matchConstraints:
          resourceRules:
          - apiGroups: [clinicnet.dev]
            apiVersions: [v1alpha1]
            operations: [UPDATE]
            resources: [clinicservices/status]
        validations:
        - {expression: "object.metadata.name != '%2$s'", message: "%3$s"}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: %1$s}
      spec:
        policyName: %1$s
        validationActions: [Deny]
        matchResources:
          namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %4$s}}
      """;

  private final RealKubernetes kubernetes;
  private final String name;

  /**
   * A ban that is not imposed yet.
   *
   * @param name of the policy and of its binding, in the whole cluster
   */
  public StatusBan(RealKubernetes kubernetes, String name) {
    this.kubernetes = kubernetes;
    this.name = name;
  }

  /** Bans the statuses of a service; the refusals say the message. */
  public void impose(String namespace, String service, String message) {
    kubernetes.apply(POLICY.formatted(name, service, message, namespace));
  }

  /** Lifts the ban; nothing if there is none. */
  public void lift() {
    kubernetes.kubectl(
        "delete",
        "--ignore-not-found",
        "validatingadmissionpolicybinding,validatingadmissionpolicy",
        name);
  }
}
