package dev.clinicnet.operator.gitops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The states that objects can be in: each condition with each reason, and those of their lives. */
final class StatusCorpus {
  static final String CLINIC = "Clinic";
  static final String SERVICE = "ClinicService";
  static final String SESSION = "ClinicSession";
  static final List<String> KINDS = List.of(CLINIC, SERVICE, SESSION);

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Map<String, String> SPECS =
      Map.of(
          CLINIC,
          "{displayName: Lakeside Family Practice}",
          SERVICE,
          "{clinicRef: {name: clinic1}, upstream: {url: 'http://192.168.1.102:3001'}}",
          SESSION,
          "{serviceRef: {name: dashboard}, duration: 1h, reason: ticket 4711}");

  private final KubernetesSerialization json = new KubernetesSerialization();
  private final List<StatusCase> cases = new ArrayList<>();
  private String topic;

  private StatusCorpus() {}

  static List<StatusCase> generate() {
    StatusCorpus corpus = new StatusCorpus();
    DocumentedReasons documented = DocumentedReasons.read();
    for (String kind : KINDS) {
      for (ConditionType type : documented.types(kind)) {
        documented.reasons(type).forEach(reason -> corpus.reason(kind, type, reason));
      }
    }
    corpus.topic = "life";
    KINDS.forEach(corpus::life);
    corpus.clinics();
    corpus.services();
    corpus.sessions();
    return List.copyOf(corpus.cases);
  }

  private void reason(String kind, ConditionType type, Reason reason) {
    boolean good =
        type == ConditionType.Open
            ? reason == Reason.Opened
            : reason.waits() == Reason.Waits.NOTHING;
    String message = good ? "All is well." : "What to do about " + reason + ".";
    Assessment assessment =
        good().replace(type, good ? Verdict.yes(reason, message) : Verdict.no(reason, message));
    if (assessment.fails(ConditionType.Accepted) || assessment.fails(ConditionType.ResolvedRefs)) {
      assessment.replace(
          ConditionType.Programmed,
          Verdict.no(
              reason,
              "Only what takes access away is changed at ngrok while " + type + " does not hold."));
    }
    topic = kebab(type.name());
    add(kind, topic + "-" + kebab(reason.name()), 1, judged(assessment, 1));
  }

  /** The states of every kind. */
  private void life(String kind) {
    add(kind, "unobserved", 1, "{observedGeneration: -1}", "Progressing");
    add(
        kind,
        "listing",
        1,
        judged(
            new Assessment()
                .put(
                    ConditionType.Programmed,
                    Verdict.unknown(Reason.Pending, "The ngrok account is being listed.")),
            1));
    for (Reason reason :
        List.of(Reason.APIKeyRejected, Reason.PlatformUnavailable, Reason.InventoryStale)) {
      unseen(kind, reason);
    }
    terminating(kind, "deleted-unobserved", "{observedGeneration: -1}");
    terminating(kind, "deleted-unseen", judged(good(), 1));
    terminating(
        kind, "deleting", judged(not(Reason.Deleting, "Still there: domain a.example.com."), 2));
    terminating(
        kind, "deletion-stalled", judged(not(Reason.APIKeyRejected, "Set another API key."), 2));
    if (!kind.equals(SESSION)) {
      // A session's spec is immutable.
      add(kind, "changed-when-ready", 2, judged(good(), 1), "Progressing");
      add(
          kind,
          "changed-when-stalled",
          2,
          judged(not(Reason.RejectedByPlatform, "Write another value."), 1),
          "Progressing");
      add(kind, "changed-and-ready", 2, judged(good(), 2), "Healthy");
    }
  }

  /** The account cannot be listed: nothing is known to be wrong, and nothing to be right. */
  private void unseen(String kind, Reason reason) {
    Verdict unknown =
        Verdict.unknown(reason, "Not known since 2026-11-23T09:00:00Z, last seen as Programmed: …");
    add(
        kind,
        "unseen-" + kebab(reason.name()),
        1,
        judged(good().replace(ConditionType.Programmed, unknown), 1),
        "Progressing");
  }

  private void clinics() {
    add(
        CLINIC,
        "waiting-for-people",
        1,
        judged(
            good()
                .put(
                    ConditionType.DomainsReady,
                    Verdict.no(Reason.WaitingForDNS, "Create these DNS records."))
                .put(
                    ConditionType.AgentOnline,
                    Verdict.no(Reason.NeverConnected, "Install the site kit.")),
            1),
        "Healthy");
    add(CLINIC, "suspended-with-nothing-to-do", 1, judged(good(), 1), "Healthy");
    spec("suspend", true);
    add(
        CLINIC,
        "suspended-with-changes-held-back",
        1,
        judged(not(Reason.Suspended, "spec.suspend holds back create credentials."), 1),
        "Degraded");
    spec("suspend", true);
    terminating(
        CLINIC, "retained", judged(not(Reason.Deleting, "Still there: update credentials."), 2));
    spec("deletionPolicy", "Retain");
  }

  private void services() {
    add(
        SERVICE,
        "checkpoint",
        1,
        "{observedGeneration: -1, address: {nonce: 0123456789abcdef}}",
        "Progressing");
  }

  private void sessions() {
    phase(
        "Pending",
        not(Reason.Pending, "The service is being opened.")
            .put(ConditionType.Open, Verdict.no(Reason.NotOpenYet, "It is being opened.")),
        "Progressing");
    phase(
        "Open",
        good()
            .replace(
                ConditionType.Programmed,
                Verdict.yes(Reason.SessionOpen, "It is open until 2026-11-23T11:00:00Z."))
            .put(ConditionType.Open, Verdict.yes(Reason.Opened, "It is open.")),
        "Healthy");
    phase(
        "Closed",
        good()
            .replace(
                ConditionType.Programmed, Verdict.yes(Reason.SessionClosed, "Its time was over."))
            .put(ConditionType.Open, Verdict.no(Reason.Expired, "Its time was over.")),
        "Healthy");
    phase(
        "Failed",
        new Assessment()
            .put(ConditionType.Accepted, Verdict.no(Reason.DurationTooLong, "Ask for less."))
            .put(ConditionType.Open, Verdict.no(Reason.Refused, "Ask for less.")),
        "Degraded");
  }

  private void phase(String phase, Assessment assessment, String verdict) {
    add(SESSION, "phase-" + phase.toLowerCase(Locale.ROOT), 1, judged(assessment, 1), verdict);
    ((ObjectNode) last().path("status")).put("phase", phase);
  }

  private static Assessment good() {
    return new Assessment()
        .put(ConditionType.Accepted, Verdict.yes(Reason.Accepted, "The manifest is valid."))
        .put(ConditionType.ResolvedRefs, Verdict.yes(Reason.ResolvedRefs, "Nothing is missing."))
        .put(ConditionType.Programmed, Verdict.yes(Reason.Programmed, "ngrok holds it."));
  }

  private static Assessment not(Reason reason, String message) {
    return good().replace(ConditionType.Programmed, Verdict.no(reason, message));
  }

  /** A status with the conditions that the operator would write. */
  private String judged(Assessment assessment, long generation) {
    List<Condition> conditions = assessment.conditions(List.of(), generation, NOW);
    return "{\"observedGeneration\":%d,\"conditions\":%s}"
        .formatted(generation, json.asJson(conditions));
  }

  /** Adds a case with the verdict that follows from the conditions, for a current status. */
  private void add(String kind, String name, long generation, String status) {
    add(kind, name, generation, status, verdict(status));
  }

  private String verdict(String status) {
    List<Condition> conditions = new ArrayList<>();
    StatusCase.tree(status)
        .path("conditions")
        .forEach(node -> conditions.add(json.convertValue(node, Condition.class)));
    if (Conditions.isTrue(conditions, ConditionType.Ready)) {
      return "Healthy";
    }
    return conditions.stream()
            .filter(condition -> condition.status() == ConditionStatus.True)
            .anyMatch(condition -> condition.type().equals(ConditionType.Stalled.name()))
        ? "Degraded"
        : "Progressing";
  }

  /** Deleting an object makes it one of the next generation. */
  private void terminating(String kind, String name, String status) {
    add(kind, name, 2, status, "Progressing");
    ObjectNode metadata = (ObjectNode) last().path("metadata");
    metadata.put("deletionTimestamp", NOW.toString());
    metadata.putArray("finalizers").add("clinicnet.dev/" + kind.toLowerCase(Locale.ROOT));
  }

  private void spec(String field, boolean value) {
    ((ObjectNode) last().path("spec")).put(field, value);
  }

  private void spec(String field, String value) {
    ((ObjectNode) last().path("spec")).put(field, value);
  }

  private ObjectNode last() {
    return (ObjectNode) cases.get(cases.size() - 1).object();
  }

  private void add(String kind, String name, long generation, String status, String verdict) {
    cases.add(
        new StatusCase(
            topic,
            StatusCase.tree(
                """
            apiVersion: clinicnet.dev/v1alpha1
            kind: %s
            metadata: {name: %s, generation: %d, labels: {verdict: %s}}
            spec: %s
            status: %s
            """
                    .formatted(kind, name, generation, verdict, SPECS.get(kind), status))));
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
