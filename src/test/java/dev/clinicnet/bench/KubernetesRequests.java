package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The operator's requests to the API server, from the audit log. The log has only requests of the
 * operator's account; those that write a status are recorded with their body.
 */
final class KubernetesRequests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> READS = Set.of("get", "list", "watch");

  /** What is asked by a creation, and stores nothing. */
  private static final Set<String> QUESTIONS =
      Set.of("create selfsubjectaccessreviews", "create tokenreviews");

  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived, ResponseStarted]
      rules:
        - level: Request
          users: ["system:serviceaccount:clinic-operator:clinic-operator"]
          resources: [{group: clinicnet.dev, resources: ["*/status"]}]
        - level: Metadata
          users: ["system:serviceaccount:clinic-operator:clinic-operator"]
        - level: None
      """;

  private final Path log;

  private KubernetesRequests(Path log) {
    this.log = log;
  }

  /** A new log in a directory. */
  static KubernetesRequests in(Path directory) {
    try {
      Files.writeString(directory.resolve("audit-policy.yaml"), POLICY);
      return new KubernetesRequests(Files.createTempFile(directory, "audit", ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The flags that make an API server write the log. */
  List<String> flags() {
    Path file = log.toAbsolutePath();
    return List.of(
        "--audit-policy-file=" + file.resolveSibling("audit-policy.yaml"),
        "--audit-log-path=" + file,
        // Without this the log is cut into several files.
        "--audit-log-maxsize=100000");
  }

  /** The length of the log now, from which {@link #since} reads. */
  long mark() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was recorded after a mark. */
  Counted since(long mark) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(file.length() - mark)];
      file.seek(mark);
      file.readFully(bytes);
      return count(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts the lines of a log. An incomplete last line is left out. */
  static Counted count(List<String> lines) {
    Map<String, Integer> requests = new TreeMap<>();
    Map<String, Integer> failures = new TreeMap<>();
    long statusBytes = 0;
    for (String line : lines) {
      JsonNode event;
      try {
        event = JSON.readTree(line);
      } catch (IOException incomplete) {
        continue;
      }
      String request = event.path("verb").asText() + " " + kind(event.path("objectRef"));
      int code = event.path("responseStatus").path("code").asInt();
      requests.merge(request, 1, Integer::sum);
      if (code >= 400) {
        failures.merge(request + " → " + code, 1, Integer::sum);
      }
      if (event.has("requestObject")) {
        statusBytes +=
            event.path("requestObject").toString().getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return new Counted(requests, failures, statusBytes);
  }

  private static String kind(JsonNode object) {
    String resource = object.path("resource").asText("other");
    String subresource = object.path("subresource").asText("");
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }

  /**
   * Counted requests.
   *
   * @param requests how many of each, such as {@code patch clinics/status}
   * @param failures how many of them were refused, with the status code
   * @param statusBytes the bytes of the bodies that wrote a status
   */
  record Counted(Map<String, Integer> requests, Map<String, Integer> failures, long statusBytes) {
    /** How many of one kind. */
    int of(String request) {
      return requests.getOrDefault(request, 0);
    }

    /** How many requests changed something. */
    int writes() {
      return requests.entrySet().stream()
          .filter(request -> !READS.contains(verb(request.getKey())))
          .filter(request -> !QUESTIONS.contains(request.getKey()))
          .mapToInt(Map.Entry::getValue)
          .sum();
    }

    /** How many requests read a single object. */
    int singleReads() {
      return requests.entrySet().stream()
          .filter(request -> verb(request.getKey()).equals("get"))
          .mapToInt(Map.Entry::getValue)
          .sum();
    }

    private static String verb(String request) {
      return request.substring(0, request.indexOf(' '));
    }
  }
}
