package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.testkit.AuditRecord;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A new process must not see an older state than the process before it. The API server may answer a
 * list with {@code resourceVersion=0} from a cache that is behind.
 */
class FreshListsIT extends InOneNamespace {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void noFirstListComesFromACacheOfTheAPIServer() throws IOException {
    convergeOnce(Site.clinic("one"), Site.api("one"));

    List<JsonNode> lists = lists();

    assertThat(lists)
        .extracting(list -> list.path("objectRef").path("resource").asText())
        .contains(
            "clinics",
            "clinicservices",
            "clinicsessions",
            "secrets",
            "configmaps",
            "namespaces",
            "ngrokaccounts");
    assertThat(lists)
        .extracting(list -> list.path("requestURI").asText())
        .allMatch(uri -> !uri.contains("resourceVersion=0"));
  }

  /** What operators have listed here and in the cluster. */
  private List<JsonNode> lists() throws IOException {
    List<JsonNode> lists = new ArrayList<>();
    try (Stream<Path> logs = Files.list(AuditRecord.DIRECTORY)) {
      for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
        try (Stream<String> lines = Files.lines(log)) {
          lines
              .filter(line -> line.contains("\"verb\":\"list\""))
              .forEach(line -> add(line, lists));
        }
      }
    }
    return lists;
  }

  private void add(String line, List<JsonNode> lists) {
    JsonNode event;
    try {
      event = JSON.readTree(line);
    } catch (IOException stillBeingWritten) {
      return;
    }
    String where = event.path("objectRef").path("namespace").asText();
    if (where.isEmpty() || where.equals(namespace.name())) {
      lists.add(event);
    }
  }
}
