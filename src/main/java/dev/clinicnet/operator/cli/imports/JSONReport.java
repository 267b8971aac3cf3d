package dev.clinicnet.operator.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.ngrok.Endpoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of an import for programs. */
final class JSONReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JSONReport() {}

  static String text(Imported imported, Path directory) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("directory", directory.toString());
    all.put("clinics", imported.clinics().stream().map(JSONReport::clinic).toList());
    all.put("notImported", imported.skipped().stream().map(JSONReport::skipped).toList());
    all.put("marked", imported.marked());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts are always JSON", e);
    }
  }

  private static Map<String, Object> clinic(ImportedClinic clinic) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", clinic.name());
    fields.put("internalDomain", clinic.internalDomain());
    fields.put("displayName", clinic.displayName().orElse(null));
    fields.put("domains", clinic.domains().stream().map(ImportedClinic.Domain::name).toList());
    fields.put("credentials", clinic.credentials());
    fields.put("services", clinic.services().stream().map(JSONReport::service).toList());
    return fields;
  }

  private static Map<String, Object> service(ImportedService service) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", service.name());
    fields.put("url", service.endpoint().map(Endpoint::url).orElse(null));
    fields.put("endpoint", service.endpoint().map(Endpoint::id).orElse(null));
    fields.put("internalURL", service.internalURL());
    fields.put("upstream", service.upstream().gap().isEmpty() ? service.upstream().url() : null);
    fields.put("fillIn", service.upstream().gap().map(List::of).orElse(List.of()));
    fields.put(
        "rawRules", service.policy().filter(policy -> !policy.rules().isEmpty()).isPresent());
    return fields;
  }

  private static Map<String, Object> skipped(Skipped one) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", one.kind());
    fields.put("id", one.id());
    fields.put("name", one.name());
    fields.put("reason", one.reason());
    return fields;
  }
}
