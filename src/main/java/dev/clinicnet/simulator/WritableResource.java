package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** A kind of object that the API creates, changes and deletes. */
abstract class WritableResource extends Resource {

  WritableResource(
      Account account, String path, String prefix, String listKey, Set<String> filterable) {
    super(account, path, prefix, listKey, filterable);
  }

  abstract BodySpec createFields();

  BodySpec patchFields() {
    return BodySpec.strings("description", "metadata");
  }

  /** Checks the body, stores the object, and returns the answer with 201. */
  abstract ObjectNode create(ObjectNode body, String base);

  void patch(Row row, ObjectNode body) {
    merge(row, body);
  }

  /** Called before the object is deleted. May refuse the deletion. */
  void beforeDelete(Row row) {}

  /** Called after the deletion of the object. */
  void afterDelete(Row row) {}

  @Override
  List<Route> routes() {
    List<Route> routes = super.routes();
    String one = "/" + path() + "/{id}";
    routes.add(
        Route.of(
                "POST",
                "/" + path(),
                request -> ApiResponse.created(create(request.body(), request.base())))
            .withBody(createFields()));
    routes.add(
        Route.of("PATCH", one, this::patch).withId(prefix()).withBody(patchFields().string("id")));
    routes.add(Route.of("DELETE", one, this::delete).withId(prefix()));
    return routes;
  }

  final Row store(ObjectNode fields) {
    return store(account.ids().next(prefix()), fields);
  }

  final Row store(String id, ObjectNode fields) {
    Row row = new Row(id, account.now(), fields);
    table.add(row);
    return row;
  }

  private ApiResponse patch(ApiRequest request) {
    Row row = table.get(request.id());
    patch(row, request.bodyWithoutId());
    return ApiResponse.ok(show(row, request.base()));
  }

  private ApiResponse delete(ApiRequest request) {
    Row row = table.get(request.id());
    beforeDelete(row);
    table.remove(request.id());
    afterDelete(row);
    return ApiResponse.noContent();
  }
}
