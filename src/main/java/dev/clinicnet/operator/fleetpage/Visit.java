package dev.clinicnet.operator.fleetpage;

import java.time.Instant;

/**
 * One request for a page.
 *
 * @param user the name of the viewer
 * @param scope the namespaces that the viewer sees, in words
 * @param path the path of the page, encoded
 * @param leads whether this process does the work
 */
record Visit(
    String user,
    String scope,
    String path,
    Query query,
    Instant now,
    boolean leads,
    Runbooks runbooks) {
  /** The address of the page with another value of the query. */
  String with(String name, String value) {
    return query.with(name, value).on(path);
  }

  /** The address of another page. */
  String on(String other) {
    return query.fresh().on(other);
  }

  /** The address of a clinic's page. */
  String onClinic(String namespace, String name) {
    return on(PageFrame.CLINICS + Query.encoded(namespace) + "/" + Query.encoded(name));
  }
}
