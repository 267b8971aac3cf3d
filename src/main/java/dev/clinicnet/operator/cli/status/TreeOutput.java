package dev.clinicnet.operator.cli.status;

import dev.clinicnet.operator.api.v1alpha1.Availability;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.Problem;
import dev.clinicnet.operator.attention.ServiceState;
import dev.clinicnet.operator.attention.SessionState;
import dev.clinicnet.operator.claim.ClinicNames;
import java.time.Instant;
import java.util.List;

/** One Clinic: first what is wrong and what to do, then a tree of everything that belongs to it. */
final class TreeOutput {
  private final ClinicState state;
  private final Colours colours;
  private final StringBuilder text = new StringBuilder();

  private TreeOutput(ClinicState state, Colours colours) {
    this.state = state;
    this.colours = colours;
  }

  static String text(ClinicState state, Colours colours) {
    TreeOutput output = new TreeOutput(state, colours);
    output.print();
    return output.text.toString();
  }

  private void print() {
    String name = PlainText.of(state.clinic().getSpec().displayName());
    text.append("Clinic ").append(ClinicNames.path(state.clinic()));
    if (!name.isEmpty()) {
      text.append(" (").append(name).append(')');
    }
    text.append(": ").append(colours.paint(state.need(), state.need().words())).append('\n');
    state.problems().forEach(this::print);
    text.append('\n');
    List<Branch> branches =
        List.of(domains(), agents(), siteKit(), services(), sessions(), dnsRecords());
    List<Branch> shown = branches.stream().filter(branch -> !branch.isEmpty()).toList();
    for (int i = 0; i < shown.size(); i++) {
      text.append(shown.get(i).text("", i == shown.size() - 1));
    }
  }

  private void print(Problem problem) {
    text.append("\n  ")
        .append(colours.paint(problem.need(), problem.need().words()))
        .append(": ")
        .append(String.join(", ", problem.objects()));
    text.append(": ");
    if (!problem.conditions().isEmpty()) {
      text.append(String.join(", ", problem.conditions())).append(' ');
    }
    text.append(PlainText.of(problem.title()));
    if (!problem.since().equals(Instant.EPOCH)) {
      text.append(", since ").append(problem.since());
    }
    text.append('\n');
    if (!problem.message().isBlank()) {
      text.append("    ").append(PlainText.of(problem.message())).append('\n');
    }
    problem.remedy().ifPresent(todo -> text.append("    What to do: ").append(todo).append('\n'));
    problem
        .alert()
        .filter(alert -> problem.remedy().isPresent())
        .ifPresent(alert -> text.append("    Runbook: ").append(alert).append('\n'));
  }

  private Branch domains() {
    return new Branch(
        "domains",
        state.status().domains().stream()
            .map(
                domain ->
                    domain.certificate() == null
                        ? domain.name() + ": not reserved yet"
                        : domain.name() + ": certificate " + domain.certificate())
            .toList());
  }

  private Branch agents() {
    List<String> online =
        state.status().agents().stream()
            .map(
                agent ->
                    "online since %s: version %s, region %s, from %s"
                        .formatted(
                            agent.startedAt(),
                            PlainText.of(agent.version()),
                            PlainText.of(agent.region()),
                            PlainText.of(agent.ip())))
            .toList();
    return new Branch("agent", online.isEmpty() ? List.of("none is online") : online);
  }

  private Branch siteKit() {
    SiteKitStatus kit = state.status().siteKit();
    if (kit == null) {
      return new Branch("site kit", List.of("not written yet"));
    }
    if (state.siteKitWaits().isPresent()) {
      return new Branch(
          "site kit",
          List.of("Secret " + kit.secretName() + ": " + PlainText.of(state.siteKitWaits().get())));
    }
    String installed =
        kit.installedHash() == null
            ? "no agent has reported it"
            : kit.installedHash().equals(kit.configHash())
                ? "installed"
                : "an agent runs another one";
    return new Branch("site kit", List.of("Secret " + kit.secretName() + ": " + installed));
  }

  private Branch services() {
    return new Branch("services", state.services().stream().map(this::line).toList());
  }

  private String line(ServiceState service) {
    ClinicServiceStatus status = ClinicServiceStatus.of(service.service());
    return service.name()
        + ": "
        + colours.paint(service.need(), service.need().words())
        + ", "
        + PlainText.of(where(service.service(), status))
        + " -> "
        + PlainText.of(service.service().getSpec().upstream().url());
  }

  private static String where(ClinicService service, ClinicServiceStatus status) {
    if (status.publicURL() != null) {
      return status.publicURL();
    } else if (service.getSpec().expose() == null) {
      return "internal only";
    }
    String address = status.address() == null ? null : status.address().addr();
    return (service.getSpec().availability() == Availability.OnDemand
            ? "closed, no session is open"
            : "not published")
        + (address == null ? "" : ", address " + address);
  }

  private Branch sessions() {
    return new Branch(
        "sessions",
        state.currentSessions().stream()
            .map(
                session ->
                    "%s: %s, %s, until %s, by %s, %s"
                        .formatted(
                            session.name(),
                            session.isOpen() ? "open" : "not open yet",
                            session.session().getSpec().serviceRef().name(),
                            known(session.status().expiresAt()),
                            PlainText.of(known(session.status().openedBy())),
                            reason(session)))
            .toList());
  }

  private Branch dnsRecords() {
    ClinicStatus status = state.status();
    return new Branch(
        "DNS records to have",
        status.dnsRecords().stream()
            .map(record -> record.name() + " " + record.type() + " " + record.value())
            .toList());
  }

  private static String reason(SessionState session) {
    String reason = PlainText.of(session.session().getSpec().reason());
    return reason.isEmpty() ? "without a reason" : "for: " + reason;
  }

  private static String known(String text) {
    return text == null ? "(not known yet)" : text;
  }
}
