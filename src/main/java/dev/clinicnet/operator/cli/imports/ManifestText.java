package dev.clinicnet.operator.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The texts of manifests, with comments for the people who go on with them. */
final class ManifestText {
  private static final ObjectMapper YAML =
      new YAMLMapper()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER);

  private static final String GRANTS_FILE = "ngrokaccount.yaml";

  private ManifestText() {}

  /**
   * The files by their names, the grants first.
   *
   * @param grants the NgrokAccount
   * @param account its name
   */
  static Map<String, String> files(
      Imported imported, Map<String, Object> grants, String account, String namespace) {
    Map<String, String> files = new LinkedHashMap<>();
    if (imported.clinics().isEmpty()) {
      return files;
    }
    files.put(
        GRANTS_FILE,
        "# What the namespace "
            + namespace
            + " may adopt and hold. With the first grant of an account, everything else is\n"
            + "# refused: add grants for your other namespaces before you apply this. If you have an\n"
            + "# NgrokAccount already, add these grants to it.\n"
            + (account.equals(NgrokAccount.DEFAULT)
                ? ""
                : "# FILL IN: the Secret with the account's API key, in the operator's namespace.\n")
            + yaml(grants));
    for (ImportedClinic clinic : imported.clinics()) {
      files.put(clinic.name() + ".yaml", text(clinic, account, namespace));
    }
    return files;
  }

  private static String text(ImportedClinic clinic, String account, String namespace) {
    String documents =
        new ClinicManifests(clinic, account, namespace)
            .all().stream().map(ManifestText::yaml).collect(Collectors.joining("---\n"));
    List<String> gaps =
        clinic.services().stream()
            .flatMap(
                service ->
                    service.upstream().gap().stream()
                        .map(
                            gap ->
                                "# FILL IN: ClinicService " + service.name() + ": " + gap + "\n"))
            .toList();
    return header(clinic)
        + String.join("", gaps)
        + documents.replaceAll(
            "(?m)^(.*" + Upstreams.UNKNOWN_HOST.replace(".", "\\.") + ".*)$", "$1 # FILL IN");
  }

  private static String header(ImportedClinic clinic) {
    return clinic.serviceUsers().isEmpty()
        ? ""
        : "# The adopted authtoken is owned by "
            + clinic.serviceUsers().stream()
                .map(user -> "'" + user.replaceAll("\\s+", " ") + "'")
                .collect(Collectors.joining(", "))
            + ", which stays as it is.\n";
  }

  private static String yaml(Map<String, Object> object) {
    try {
      return YAML.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts are always YAML", e);
    }
  }
}
