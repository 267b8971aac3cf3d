package dev.clinicnet.operator.cli.imports;

import java.nio.file.Path;
import java.util.Optional;

/** The result of an import for people. */
final class HumanReport {
  private HumanReport() {}

  static String text(Imported imported, Path directory) {
    StringBuilder text = new StringBuilder();
    for (ImportedClinic clinic : imported.clinics()) {
      text.append("Clinic ").append(clinic.name()).append(" (").append(clinic.internalDomain());
      clinic.displayName().ifPresent(name -> text.append(", ").append(name));
      text.append(")\n");
      clinic
          .domains()
          .forEach(
              domain ->
                  text.append("  domain ")
                      .append(domain.name())
                      .append(domain.shared() ? ", shared\n" : "\n"));
      clinic.credentials().forEach(id -> text.append("  authtoken ").append(id).append('\n'));
      clinic.services().forEach(service -> text.append(line(service)));
    }
    if (!imported.skipped().isEmpty()) {
      text.append("\nNot imported:\n");
      imported
          .skipped()
          .forEach(
              one ->
                  text.append("  ")
                      .append(one.kind())
                      .append(' ')
                      .append(one.name())
                      .append(one.name().equals(one.id()) ? "" : " (" + one.id() + ")")
                      .append(": ")
                      .append(one.reason())
                      .append('\n'));
    }
    imported
        .marked()
        .forEach(
            (instance, count) ->
                text.append("\nLeft out: ")
                    .append(counted(count, "object"))
                    .append(" with a mark of instance ")
                    .append(instance)
                    .append(".\n"));
    long services = imported.clinics().stream().mapToLong(c -> c.services().size()).sum();
    text.append('\n')
        .append(counted(imported.clinics().size(), "Clinic"))
        .append(" and ")
        .append(counted(services, "ClinicService"))
        .append(
            imported.clinics().isEmpty() ? "; nothing was written. " : " in " + directory + ". ")
        .append(counted(imported.skipped().size(), "object"))
        .append(" not imported.\n");
    return text.toString();
  }

  private static String line(ImportedService service) {
    String target =
        service.endpoint().isPresent() ? " -> " + service.internalURL() : " (internal only)";
    String policy =
        service.policy().filter(reading -> !reading.rules().isEmpty()).isPresent()
            ? ", its rules are kept as they are"
            : "";
    Optional<String> gap = service.upstream().gap();
    return "  "
        + service.name()
        + ": "
        + service.shownURL()
        + target
        + (gap.isEmpty() ? " -> " + service.upstream().url() : "")
        + policy
        + "\n"
        + gap.map(text -> "    ! " + text + "\n").orElse("");
  }

  private static String counted(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
