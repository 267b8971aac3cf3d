package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A fault: what goes wrong, with which requests and how often.
 *
 * @param status the status to answer, 0 to let the request through
 * @param afterCommit whether the request is executed before the fault answers
 */
record Fault(
    String method,
    String path,
    int status,
    String errorCode,
    String msg,
    int times,
    int skip,
    Duration delay,
    boolean afterCommit,
    boolean drop,
    boolean hold) {

  private static final BodySpec FIELDS =
      BodySpec.strings("method", "path", "error_code", "msg", "delay", "after")
          .anything("status")
          .anything("times")
          .anything("skip")
          .bool("drop")
          .bool("hold");
  private static final Set<String> AFTER = Set.of("", "commit");
  private static final int INTERNAL_ERROR = 500;
  private static final String EVERYTHING = "/*";

  /** Reads the body of a fault. The message of the exception says what is wrong with it. */
  static Fault read(ObjectNode given) {
    ObjectNode body = FIELDS.read(given);
    String path = body.path("path").asText("");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("'path' is required, for example \"/endpoints/{id}\"");
    }
    String after = body.path("after").asText("");
    if (!AFTER.contains(after)) {
      throw new IllegalArgumentException("'after' knows one value: \"commit\"");
    }
    boolean drop = body.path("drop").asBoolean();
    boolean hold = body.path("hold").asBoolean();
    Duration delay = SimulatorDuration.parse(body.path("delay").asText("0"));
    int status = number(body, "status", 0);
    boolean silent = drop || hold || !delay.isZero();
    return new Fault(
        body.path("method").asText("*"),
        path,
        status == 0 && !silent ? INTERNAL_ERROR : status,
        body.path("error_code").asText(null),
        body.path("msg").asText("Injected fault"),
        number(body, "times", 1),
        number(body, "skip", 0),
        delay,
        after.equals("commit"),
        drop,
        hold);
  }

  boolean matches(String requestMethod, String requestPath) {
    if (!method.equals("*") && !method.equalsIgnoreCase(requestMethod)) {
      return false;
    }
    for (String apart : List.of(AgentAPIs.PATH, ForeignAgents.PATH)) {
      if (path.startsWith(apart) != requestPath.startsWith(apart)) {
        return false;
      }
    }
    if (path.endsWith(EVERYTHING)) {
      return requestPath.startsWith(path.substring(0, path.length() - 1));
    }
    return Route.of("*", path, request -> null).match("*", requestPath) != null;
  }

  ObjectNode view() {
    ObjectNode view = Json.object().put("method", method).put("path", path);
    if (status != 0) {
      view.put("status", status);
    }
    if (errorCode != null) {
      view.put("error_code", errorCode);
    }
    view.put("times", times).put("skip", skip);
    view.put("delay", delay.toMillis() + "ms");
    view.put("drop", drop).put("hold", hold);
    if (afterCommit) {
      view.put("after", "commit");
    }
    return view;
  }

  private static int number(ObjectNode body, String name, int otherwise) {
    if (!body.has(name)) {
      return otherwise;
    }
    if (!body.get(name).canConvertToInt()
        || !body.get(name).isIntegralNumber()
        || body.get(name).intValue() < 0) {
      throw new IllegalArgumentException("'" + name + "' must be a whole number, 0 or more");
    }
    return body.get(name).intValue();
  }
}
