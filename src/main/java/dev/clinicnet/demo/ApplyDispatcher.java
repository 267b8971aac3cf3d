package dev.clinicnet.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * fabric8's store, which also takes server-side apply: an absent object is created, and a present
 * one is merged, with lists replaced as a whole. A status is replaced, because it has one writer
 * that applies it completely. There is no ownership of fields, which is enough if each part of an
 * object has one writer.
 */
final class ApplyDispatcher extends KubernetesCrudDispatcher {
  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String STATUS = "status";
  private static final String STATUS_PATH = "/" + STATUS;
  private static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;

  @Override
  public synchronized MockResponse handleCreate(RecordedRequest request) {
    return super.handleCreate(request);
  }

  @Override
  public synchronized MockResponse handleUpdate(RecordedRequest request) {
    return super.handleUpdate(request);
  }

  @Override
  public synchronized MockResponse handlePatch(RecordedRequest request) {
    String type = request.getHeader("Content-Type");
    if (type == null || !type.startsWith(APPLY)) {
      return super.handlePatch(request);
    }
    try {
      return apply(
          request.getPath().replaceFirst("\\?.*", ""),
          (ObjectNode) YAML.readTree(request.getUtf8Body()));
    } catch (JsonProcessingException | ClassCastException e) {
      return new MockResponse().setResponseCode(BAD_REQUEST);
    }
  }

  private MockResponse apply(String path, ObjectNode applied) throws JsonProcessingException {
    boolean isStatus = path.endsWith(STATUS_PATH);
    String object = isStatus ? path.substring(0, path.length() - STATUS_PATH.length()) : path;
    storeTexts(applied);
    Map.Entry<?, String> found = findResource(getKey(object));
    if (found == null) {
      return isStatus
          ? new MockResponse().setResponseCode(NOT_FOUND)
          : super.handleCreate(
              request(HttpMethod.POST, object.substring(0, object.lastIndexOf('/')), applied));
    }
    ObjectNode result = (ObjectNode) JSON.readTree(found.getValue());
    if (isStatus) {
      result.set(STATUS, applied.path(STATUS));
    } else {
      merge(result, applied);
    }
    return super.handleUpdate(request(HttpMethod.PUT, path, result));
  }

  /** The texts of a Secret are stored encoded, in its data. */
  private static void storeTexts(ObjectNode applied) {
    if (applied.remove("stringData") instanceof ObjectNode texts) {
      ObjectNode data = applied.withObject("/data");
      for (Map.Entry<String, JsonNode> text : texts.properties()) {
        data.put(text.getKey(), text.getValue().asText().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void merge(ObjectNode target, ObjectNode applied) {
    for (Map.Entry<String, JsonNode> member : applied.properties()) {
      if (member.getValue() instanceof ObjectNode from
          && target.get(member.getKey()) instanceof ObjectNode into) {
        merge(into, from);
      } else if (!member.getValue().isNull()) {
        target.set(member.getKey(), member.getValue());
      }
    }
  }

  private static RecordedRequest request(HttpMethod method, String path, ObjectNode body) {
    return new RecordedRequest(
        "HTTP/1.1",
        method,
        path,
        Headers.builder().add("Content-Type", "application/json").build(),
        new Buffer(body.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
