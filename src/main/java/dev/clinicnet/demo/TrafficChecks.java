package dev.clinicnet.demo;

import java.util.List;

/** Checks with real requests that they reach the site, or not, as the manifests say. */
final class TrafficChecks {
  private static final String LISTED = "203.0.113.7";
  private static final String UNLISTED = "198.51.100.7";
  private static final String DATABASE_SAYS = "R";

  private final Snapshot manifests;
  private final SimulatorControl control;

  TrafficChecks(Snapshot manifests, SimulatorControl control) {
    this.manifests = manifests;
    this.control = control;
  }

  List<DemoCheck> all() {
    Visitor listed = new Visitor(control, LISTED);
    Visitor unlisted = new Visitor(control, UNLISTED);
    String api = url("rest-api");
    String database = url("patient-db");
    return List.of(
        DemoCheck.equal(
            "the clinic's API answers through the edge", "200", unlisted.get(api, "/api/patients")),
        DemoCheck.equal("a path outside of /api is denied", "403", unlisted.get(api, "/admin")),
        DemoCheck.equal(
            "the database answers to " + LISTED, DATABASE_SAYS, listed.connect(database)),
        DemoCheck.equal(
            "the database is closed to " + UNLISTED, "closed", unlisted.connect(database)),
        DemoCheck.equal(
            "a client without a certificate is turned away",
            "certificate required",
            listed.get(url("clinic4-rest-api"), "/api/patients")));
  }

  private String url(String service) {
    return manifests.service(service).getStatus().publicURL();
  }
}
