package dev.clinicnet.operator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Registrations of ngrok's own Kubernetes operator: just enough for it to start. They follow its
 * client and the documented captures; the OpenAPI description leaves them out.
 */
final class KubernetesOperators extends WritableResource {

  KubernetesOperators(Account account) {
    super(account, "kubernetes_operators", "k8sop", "operators", Set.of());
  }

  @Override
  BodySpec createFields() {
    return patchFields();
  }

  @Override
  BodySpec patchFields() {
    return BodySpec.strings("description", "metadata", "region")
        .stringList("enabled_features")
        .anything("deployment")
        .anything("binding");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    body.put("updated_at", Json.time(account.now()));
    return show(store(body), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    merge(row, body.put("updated_at", Json.time(account.now())));
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
    view.set("enabled_features", lowerCase(row.fields().path("enabled_features")));
    ObjectNode deployment = view.putObject("deployment");
    for (String name : List.of("name", "namespace", "version", "cluster_name")) {
      deployment.put(name, row.fields().path("deployment").path(name).asText(""));
    }
    ObjectNode binding = view.putObject("binding");
    binding.set("endpoint_selectors", row.fields().path("binding").get("endpoint_selectors"));
    binding
        .putObject("cert")
        .put("cert", "")
        .put("not_before", "0001-01-01T00:00:00Z")
        .put("not_after", "0001-01-01T00:00:00Z");
    return view;
  }

  private ApiResponse boundEndpoints(ApiRequest request) {
    table.get(request.id());
    return ApiResponse.ok(Page.of(request, "endpoints", List.of(), row -> Json.object()));
  }

  private static JsonNode lowerCase(JsonNode features) {
    return Json.array(
        Json.strings(features).stream()
            .map(feature -> feature.toLowerCase(java.util.Locale.ROOT))
            .toList());
  }
}
