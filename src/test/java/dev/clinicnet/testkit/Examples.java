package dev.clinicnet.testkit;

/** Small manifests from which tests start, so that tests can assert everything. */
public final class Examples {
  private Examples() {}

  /** A Clinic with one service that is not exposed, whose replaced tokens overlap 5 seconds. */
  public static String clinic(String revokeOld) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: clinic1}
        spec:
          agent: {authtoken: {overlap: 5s, revokeOld: %s}}
        ---
        """
            .formatted(revokeOld)
        + restAPI("http://192.168.1.100:8080");
  }

  /** A service of clinic1 that is not exposed. */
  public static String restAPI(String upstream) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: rest-api}
        spec:
          clinicRef: {name: clinic1}
          upstream: {url: "%s"}
        """
        .formatted(upstream);
  }

  /** A service of clinic1 at a TCP address. */
  public static String database() {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: patient-db}
        spec:
          clinicRef: {name: clinic1}
          upstream: {url: "tcp://192.168.1.101:5432"}
          expose: {tcp: {region: us}}
          access: {allowCIDRs: [203.0.113.0/24]}
        """;
  }
}
