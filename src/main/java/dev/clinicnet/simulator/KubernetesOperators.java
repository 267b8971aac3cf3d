package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Registrations of ngrok's own Kubernetes operator. They follow its client and the documented
 * captures; the OpenAPI description leaves them out.
 */
final class KubernetesOperators extends WritableResource {
  private static final List<String> DEPLOYMENT =
      List.of("name", "namespace", "version", "cluster_name");
  private static final Set<String> FEATURES = Set.of("bindings", "gateway", "ingress");
  private static final String NEVER = "0001-01-01T00:00:00Z";
  private static final String INGRESS_ENDPOINT = "connect.ngrok-endpoints.com:443";

  private final CertificateIssuer issuer;
  private final Endpoints endpoints;

  KubernetesOperators(Account account, CertificateIssuer issuer, Endpoints endpoints) {
    super(account, "kubernetes_operators", "k8sop", "operators", Set.of());
    this.issuer = issuer;
    this.endpoints = endpoints;
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata", "region")
        .stringList("enabled_features")
        .object("deployment", BodySpec.strings(DEPLOYMENT.toArray(String[]::new)))
        .object(
            "binding",
            BodySpec.strings("csr", "ingress_endpoint").stringList("endpoint_selectors"));
  }

  @Override
  BodySpec patchFields() {
    return createFields();
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    JsonNode deployment = body.path("deployment");
    for (String name : List.of("name", "namespace")) {
      if (deployment.path(name).asText("").isEmpty()) {
        throw SimulatorError.OPERATOR_INVALID.with("deployment." + name + " is missing");
      }
    }
    ObjectNode fields = Json.object().put("region", "global");
    apply(fields, body);
    return show(store(fields), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    ObjectNode fields = row.fields().deepCopy();
    apply(fields, body);
    merge(row, fields);
  }

  @Override
  List<Route> routes() {
    List<Route> routes = super.routes();
    routes.add(
        Route.of("GET", "/" + path() + "/{id}/bound_endpoints", this::boundEndpoints)
            .withId(prefix())
            .withQuery(Set.of("before_id", "limit"), Set.of()));
    return routes;
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "updated_at", "description", "metadata", "region");
    view.set("principal", Json.ref(account.ownerId(), ""));
    view.set("enabled_features", Json.array(features(row)));
    ObjectNode deployment = view.putObject("deployment");
    for (String name : DEPLOYMENT) {
      deployment.put(name, row.fields().path("deployment").path(name).asText(""));
    }
    view.set("binding", binding(row));
    return view;
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    ObjectNode fields = super.stored(shown);
    if (fields.path("binding") instanceof ObjectNode binding
        && binding.path("cert").path("cert").asText("").isEmpty()) {
      binding.remove("cert");
    }
    return fields;
  }

  /** Nested members are merged: a member that a PATCH leaves out stays. */
  private void apply(ObjectNode fields, ObjectNode body) {
    for (String feature : Json.strings(body.path("enabled_features"))) {
      if (!FEATURES.contains(feature.toLowerCase(Locale.ROOT))) {
        throw SimulatorError.OPERATOR_INVALID.with("unknown feature " + feature);
      }
    }
    EndpointSelectors.check(body.path("binding").path("endpoint_selectors"));
    body.properties()
        .forEach(
            member -> {
              if (member.getValue().isObject() && fields.has(member.getKey())) {
                ((ObjectNode) fields.get(member.getKey())).setAll((ObjectNode) member.getValue());
              } else if (!member.getKey().equals("region")
                  || !member.getValue().asText().isEmpty()) {
                fields.set(member.getKey(), member.getValue());
              }
            });
    if (fields.path("binding") instanceof ObjectNode binding) {
      certify(binding);
    }
    fields.put("updated_at", Json.time(account.now()));
  }

  /** One certificate for each signing request; the request itself is not shown. */
  private void certify(ObjectNode binding) {
    String request = binding.path("csr").asText("");
    if (request.isEmpty() || request.equals(binding.path("certified").asText())) {
      return;
    }
    X509Certificate certificate = issuer.client(request, account.now());
    binding
        .put("certified", request)
        .putObject("cert")
        .put("cert", Pem.text(certificate))
        .put("not_before", Json.time(certificate.getNotBefore().toInstant()))
        .put("not_after", Json.time(certificate.getNotAfter().toInstant()));
  }

  private static ObjectNode binding(Row row) {
    JsonNode stored = row.fields().path("binding");
    ObjectNode view = Json.object();
    // Null without selectors, also in the documented captures.
    view.set(
        "endpoint_selectors",
        stored.path("endpoint_selectors").isEmpty() ? null : stored.get("endpoint_selectors"));
    String ingress = stored.path("ingress_endpoint").asText("");
    if (!ingress.isEmpty() || bindsEndpoints(row)) {
      view.put("ingress_endpoint", ingress.isEmpty() ? INGRESS_ENDPOINT : ingress);
    }
    JsonNode certificate = stored.get("cert");
    view.set(
        "cert",
        certificate == null
            ? Json.object().put("cert", "").put("not_before", NEVER).put("not_after", NEVER)
            : certificate);
    return view;
  }

  private ApiResponse boundEndpoints(ApiRequest request) {
    Row operator = table.get(request.id());
    JsonNode selectors = operator.fields().path("binding").path("endpoint_selectors");
    String base = request.base();
    List<Row> bound =
        endpoints.rows().all().stream()
            .filter(row -> bindsEndpoints(operator) && Endpoints.binding(row).equals("kubernetes"))
            .filter(row -> EndpointSelectors.choose(selectors, endpoints.show(row, base)))
            .toList();
    return ApiResponse.ok(Page.of(request, "endpoints", bound, row -> endpoints.show(row, base)));
  }

  private static boolean bindsEndpoints(Row row) {
    return features(row).contains("bindings");
  }

  private static List<String> features(Row row) {
    return Json.strings(row.fields().path("enabled_features")).stream()
        .map(feature -> feature.toLowerCase(Locale.ROOT))
        .toList();
  }
}
