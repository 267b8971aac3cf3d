package dev.clinicnet.operator.cli.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.attention.Alert;
import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.FleetState;
import dev.clinicnet.operator.attention.Problem;
import dev.clinicnet.operator.attention.ServiceState;
import dev.clinicnet.operator.attention.SessionState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same facts for programs. */
final class JSONOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JSONOutput() {}

  static String text(FleetState fleet) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("needs", fleet.need().code());
    all.put("clinics", fleet.clinics().stream().map(JSONOutput::clinic).toList());
    all.put("withoutClinic", fleet.alone().stream().map(JSONOutput::service).toList());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts are always JSON", e);
    }
  }

  private static Map<String, Object> clinic(ClinicState state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("namespace", state.namespace());
    fields.put("name", state.name());
    fields.put("displayName", state.clinic().getSpec().displayName());
    fields.put("account", state.clinic().getSpec().account());
    fields.put("needs", state.need().code());
    fields.put("concerns", problems(state.problems()));
    fields.put("domains", state.status().domains());
    fields.put("agents", state.status().agents());
    fields.put("siteKit", state.status().siteKit());
    fields.put("services", state.services().stream().map(JSONOutput::service).toList());
    fields.put("sessions", state.currentSessions().stream().map(JSONOutput::session).toList());
    fields.put("dnsRecords", state.status().dnsRecords());
    return fields;
  }

  private static Map<String, Object> service(ServiceState state) {
    ClinicServiceStatus status = ClinicServiceStatus.of(state.service());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("namespace", state.namespace());
    fields.put("name", state.name());
    fields.put("needs", state.need().code());
    fields.put("upstream", state.service().getSpec().upstream().url());
    fields.put("internalURL", status.internalURL());
    fields.put("publicURL", status.publicURL());
    fields.put("address", status.address() == null ? null : status.address().addr());
    fields.put("concerns", problems(state.problems()));
    return fields;
  }

  private static Map<String, Object> session(SessionState state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", state.name());
    fields.put("service", state.session().getSpec().serviceRef().name());
    fields.put("phase", state.status().phase());
    fields.put("publicURL", state.status().publicURL());
    fields.put("expiresAt", state.status().expiresAt());
    fields.put("openedBy", state.status().openedBy());
    fields.put("reason", state.session().getSpec().reason());
    fields.put("concerns", problems(state.problems()));
    return fields;
  }

  private static List<Map<String, Object>> problems(List<Problem> problems) {
    return problems.stream()
        .map(
            problem -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("needs", problem.need().code());
              fields.put("objects", problem.objects());
              fields.put("conditions", problem.conditions());
              fields.put("reason", problem.conditions().isEmpty() ? "" : problem.title());
              fields.put("message", problem.message());
              fields.put("remedy", problem.remedy().orElse(null));
              fields.put("title", problem.title());
              fields.put("since", since(problem));
              fields.put("alert", problem.alert().map(Alert::name).orElse(null));
              return fields;
            })
        .toList();
  }

  private static String since(Problem problem) {
    return problem.since().equals(Instant.EPOCH) ? null : problem.since().toString();
  }
}
