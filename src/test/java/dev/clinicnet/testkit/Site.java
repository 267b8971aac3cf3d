package dev.clinicnet.testkit;

/**
 * The manifests of a small site, as text: a Clinic with a shared wildcard and an exclusive domain,
 * the {@code api} under the wildcard, the {@code web} on the exclusive domain, and the {@code db}.
 */
public final class Site {
  public static final String SHARED = "*.api.example.com";

  private Site() {}

  /**
   * The Clinic, with further lines of its spec in YAML's flow style, such as {@code suspend: true}.
   */
  public static String clinic(String name, String... spec) {
    return clinicWithDomains(
        name, "[{name: '" + SHARED + "', shared: true}, {name: " + name + ".example.org}]", spec);
  }

  /** A Clinic with nothing but the shared wildcard. */
  public static String sharing(String name, String... spec) {
    return clinicWithDomains(name, "[{name: '" + SHARED + "', shared: true}]", spec);
  }

  public static String clinicWithDomains(String name, String domains, String... spec) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: Clinic
        metadata: {name: %s}
        spec:
          domains: %s
          %s
        """
        .formatted(name, domains, String.join("\n  ", spec));
  }

  /** A service behind the shared wildcard. */
  public static String api(String clinic) {
    return https(clinic + "-api", clinic, clinic + ".api.example.com");
  }

  /** A service on the Clinic's exclusive domain. */
  public static String web(String clinic) {
    return https(clinic + "-web", clinic, clinic + ".example.org");
  }

  /** A service on an address. */
  public static String db(String clinic) {
    return service(clinic + "-db", clinic, "tcp://10.0.0.2:5432", "expose: {tcp: {region: us}}");
  }

  public static String https(String name, String clinic, String host, String... spec) {
    return service(
        name,
        clinic,
        "http://10.0.0.1:8080",
        "expose: {https: {host: " + host + ", paths: [/api]}}",
        String.join("\n  ", spec));
  }

  /** A service with its Clinic, which lists the shared wildcard. */
  public static String withClinic(String clinic, String service) {
    return sharing(clinic) + "---\n" + service;
  }

  public static String service(String name, String clinic, String upstream, String... spec) {
    return """
        apiVersion: clinicnet.dev/v1alpha1
        kind: ClinicService
        metadata: {name: %s}
        spec:
          clinicRef: {name: %s}
          upstream: {url: "%s"}
          %s
        """
        .formatted(name, clinic, upstream, String.join("\n  ", spec));
  }

  /** Everything of a site. */
  public static String all(String clinic) {
    return String.join("---\n", clinic(clinic), api(clinic), web(clinic), db(clinic));
  }
}
