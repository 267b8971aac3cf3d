package dev.clinicnet.operator.it.drift;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.audit.AuditLog;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.controller.ClinicOperator;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.LogCapture;
import io.fabric8.kubernetes.api.model.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

/** Every change by hand is reported once, counted by kind, and corrected. */
@ResourceLock(value = LogCapture.LOGGERS, mode = ResourceAccessMode.READ)
class DriftFieldsIT extends InOneNamespace {
  private final ListAppender<ILoggingEvent> audit = new ListAppender<>();

  @BeforeEach
  void listen() {
    audit.start();
    ((Logger) LoggerFactory.getLogger(AuditLog.class)).addAppender(audit);
  }

  @AfterEach
  void stopListening() {
    ((Logger) LoggerFactory.getLogger(AuditLog.class)).detachAppender(audit);
  }

  @Test
  void everyFieldOfEveryKindIsPutRightWithinOneSweep() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().start()) {
      awaitSettled(operator);
      assertThat(DriftCounts.of(operator)).as("making it is no drift").isEmpty();
      for (DriftCase one : DriftCase.edits()) {
        tryOut(operator, one);
      }
    }
  }

  @Test
  void everyKindOfObjectIsMadeAgainWithinOneSweep() {
    manifests.applyText(DriftSite.all());
    try (ClinicOperator operator = operator().start()) {
      awaitSettled(operator);
      for (DriftCase one : DriftCase.deletions()) {
        tryOut(operator, one);
      }
    }
  }

  @Test
  void reportedDriftIsToldOnceAlsoOverARestartAndPutRightWhenThatIsAskedFor() {
    manifests.applyText(DriftSite.all("driftPolicy: Report"));
    Map<String, Integer> expected = new TreeMap<>();
    try (ClinicOperator operator = operator().start()) {
      awaitSettled(operator);
      Map<String, JsonNode> before = made();
      for (DriftCase one : firstOfEachField()) {
        one.hand().accept(account);
        one.counts().keySet().forEach(field -> expected.put("reported " + field, 1));
      }
      account.forgetRequests();
      operator.refresh();
      eventually(() -> assertThat(DriftCounts.of(operator)).isEqualTo(expected));
      look(operator);
      look(operator);
      assertThat(DriftCounts.of(operator)).isEqualTo(expected);
      assertThat(account.writes()).isEmpty();
      assertThat(before).isNotEqualTo(made());
      manifests.awaitClinic("one", ConditionType.Programmed, "DriftDetected");
      manifests.awaitService("one-api", ConditionType.Programmed, "DriftDetected");
    }
    int events = driftEvents("DriftDetected").size();
    int lines = auditLines("drift-reported").size();
    try (ClinicOperator operator = operator().start()) {
      look(operator);
      assertThat(DriftCounts.of(operator)).as("told before the restart").isEmpty();
      assertThat(driftEvents("DriftDetected")).hasSize(events);
      assertThat(auditLines("drift-reported")).hasSize(lines);

      manifests.applyText(DriftSite.clinic("driftPolicy: Correct"));
      manifests.awaitAllReady();
      Map<String, Integer> corrected = new TreeMap<>();
      expected.forEach((key, count) -> corrected.put(key.replace("reported", "corrected"), count));
      eventually(() -> assertThat(DriftCounts.of(operator)).isEqualTo(corrected));
    }
  }

  /** One edit of each field, among those that change only one field. */
  private static List<DriftCase> firstOfEachField() {
    Map<String, DriftCase> first = new TreeMap<>();
    DriftCase.edits().stream()
        .filter(one -> one.counts().size() == 1)
        .forEach(one -> first.putIfAbsent(one.counts().keySet().iterator().next(), one));
    return List.copyOf(first.values());
  }

  private void tryOut(ClinicOperator operator, DriftCase one) {
    Map<String, JsonNode> before = made();
    Map<String, Integer> countsBefore = DriftCounts.of(operator);
    int eventsBefore = driftEvents("DriftCorrected").size();
    audit.list.clear();
    one.hand().accept(account);
    operator.refresh();
    Map<String, Integer> expected = new TreeMap<>(countsBefore);
    one.counts()
        .forEach((field, count) -> expected.merge("corrected " + field, count, Integer::sum));
    eventually(() -> assertThat(DriftCounts.of(operator)).as(one.does()).isEqualTo(expected));
    manifests.awaitAllReady();
    eventually(() -> assertThat(made()).as(one.does()).isEqualTo(before));
    look(operator);
    manifests.awaitAllReady();
    assertThat(DriftCounts.of(operator)).as(one.does() + ", told once").isEqualTo(expected);
    int fields = one.counts().values().stream().mapToInt(Integer::intValue).sum();
    eventually(
        () -> {
          assertThat(auditLines("drift-corrected")).as(one.does()).hasSize(fields);
          assertThat(driftEvents("DriftCorrected").size())
              .as(one.does())
              .isBetween(eventsBefore + 1, eventsBefore + fields);
        });
    List<Event> events = driftEvents("DriftCorrected");
    Event last = events.get(events.size() - 1);
    assertThat(last.getType()).isEqualTo("Warning");
  }

  /** The statuses also report every change. */
  private void awaitSettled(ClinicOperator operator) {
    manifests.awaitAllReady();
    look(operator);
    manifests.awaitAllReady();
  }

  private List<Event> driftEvents(String reason) {
    return manifests.events().stream().filter(e -> e.getReason().equals(reason)).toList();
  }

  private List<ILoggingEvent> auditLines(String what) {
    return List.copyOf(audit.list).stream()
        .filter(line -> line.getFormattedMessage().contains(what))
        .filter(line -> line.getFormattedMessage().contains(namespace.name() + "/"))
        .toList();
  }

  /** Every field that the operator makes, of every object, by a name that outlives its id. */
  private Map<String, JsonNode> made() {
    Map<String, JsonNode> made = new HashMap<>();
    Resource.ALL.stream()
        .filter(resource -> !resource.compared().isEmpty())
        .forEach(
            resource -> {
              for (JsonNode row : account.all(resource.path())) {
                ObjectNode shown = row.deepCopy();
                shown.retain(resource.compared());
                shown.remove(Field.OWNER);
                Mark.parse(row.path("metadata").asText())
                    .ifPresent(mark -> shown.put("metadata", mark.withNonce(null).text()));
                boolean tcp = row.path("proto").asText().equals("tcp");
                if (tcp) {
                  shown.put("url", "tcp");
                }
                String name =
                    Stream.of("url", "domain", "name", "region")
                        .map(field -> (tcp ? shown : row).path(field).asText())
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("the only one");
                made.put(resource.path() + " " + name, shown);
              }
            });
    return made;
  }
}
