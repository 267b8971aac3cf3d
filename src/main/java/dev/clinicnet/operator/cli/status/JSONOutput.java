package dev.clinicnet.operator.cli.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same facts for programs. */
final class JSONOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JSONOutput() {}

  static String text(Fleet fleet) {
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
    fields.put("needs", state.need().code());
    fields.put("concerns", concerns(state.concerns()));
    fields.put("domains", state.status().domains());
    fields.put("agents", state.status().agents());
    fields.put("siteKit", state.status().siteKit());
    fields.put("services", state.services().stream().map(JSONOutput::service).toList());
    fields.put("sessions", state.sessions().stream().map(JSONOutput::session).toList());
    fields.put("dnsRecords", state.status().dnsRecords());
    return fields;
  }

  private static Map<String, Object> service(ServiceState state) {
    ClinicServiceStatus status = ClinicServiceStatus.of(state.service());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("namespace", state.service().getMetadata().getNamespace());
    fields.put("name", state.name());
    fields.put("needs", state.need().code());
    fields.put("upstream", state.service().getSpec().upstream().url());
    fields.put("internalURL", status.internalURL());
    fields.put("publicURL", status.publicURL());
    fields.put("address", status.address() == null ? null : status.address().addr());
    fields.put("concerns", concerns(state.concerns()));
    return fields;
  }

  private static Map<String, Object> session(SessionState state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", state.session().getMetadata().getName());
    fields.put("service", state.session().getSpec().serviceRef().name());
    fields.put("phase", state.status().phase());
    fields.put("publicURL", state.status().publicURL());
    fields.put("expiresAt", state.status().expiresAt());
    fields.put("openedBy", state.status().openedBy());
    fields.put("reason", state.session().getSpec().reason());
    fields.put("concerns", concerns(state.concerns()));
    return fields;
  }

  private static List<Map<String, Object>> concerns(List<Concern> concerns) {
    return concerns.stream()
        .map(
            concern -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("needs", concern.need().code());
              fields.put("objects", concern.objects());
              fields.put("conditions", concern.conditions());
              fields.put("reason", concern.reason());
              fields.put("message", concern.message());
              fields.put("remedy", concern.remedy().orElse(null));
              return fields;
            })
        .toList();
  }
}
