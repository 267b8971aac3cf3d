package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.attention.Alert;
import dev.clinicnet.operator.attention.ClinicState;
import dev.clinicnet.operator.attention.Problem;
import dev.clinicnet.operator.attention.ServiceState;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.config.Timestamps;
import java.util.List;
import java.util.Optional;

/** One clinic: what is wrong with it, since when, what to do, and all that belongs to it. */
final class ClinicPage {
  private final Visit visit;
  private final ClinicState view;
  private final ClinicStatus status;

  private ClinicPage(Visit visit, ClinicState view) {
    this.visit = visit;
    this.view = view;
    this.status = view.status();
  }

  /**
   * The page.
   *
   * @param history its Events, or why there are none
   * @param account its ngrok account; empty if the operator does not have it
   */
  static String of(
      Visit visit, ClinicState view, EventsRead history, List<AccountFigures> account) {
    return PageFrame.of(
        visit, view.title(), html -> new ClinicPage(visit, view).write(html, history, account));
  }

  private void write(Html html, EventsRead history, List<AccountFigures> account) {
    html.leaf("h1", view.title());
    html.open("p", "class", "lead");
    Marks.need(html, view.need());
    html.text(" ").leaf("code", view.namespace() + "/" + view.name());
    if (status.internalDomain() != null) {
      html.text(", internal domain ").leaf("code", status.internalDomain());
    }
    if (!view.clinic().getSpec().account().equals(NgrokAccount.DEFAULT)) {
      html.text(", account ").leaf("code", view.clinic().getSpec().account());
    }
    html.close().line();
    SeenAtNgrok.write(html, visit, account);
    notes(html);
    problems(html);
    services(html);
    agents(html);
    SessionTable.write(html, visit, "Sessions", List.of(view), SessionTable.LAST);
    records(html);
    siteKit(html);
    LastChanges.write(html, visit, view);
    history.write(html, visit);
    commands(html);
  }

  private void notes(Html html) {
    if (status.quarantinedSince() != null) {
      note(html, "This site is in quarantine since " + status.quarantinedSince() + ".");
    }
    if (view.clinic().getSpec().suspend()) {
      note(html, "This Clinic is suspended (spec.suspend): nothing is changed at ngrok for it.");
    }
  }

  private static void note(Html html, String text) {
    html.leaf("p", text, "class", "note");
  }

  private void problems(Html html) {
    html.leaf("h2", "What is wrong");
    if (view.problems().isEmpty()) {
      html.leaf("p", "Nothing.", "class", "empty");
      return;
    }
    html.open("ol", "class", "problems");
    for (Problem problem : view.problems()) {
      html.open("li", "class", problem.need().code());
      html.open("p", "class", "what");
      Marks.need(html, problem.need());
      html.text(" ").leaf("strong", problem.title()).text(" for ");
      Moments.since(html, problem.since(), visit.now());
      html.close();
      if (!problem.message().isBlank()) {
        html.leaf("p", problem.message(), "class", "message");
      }
      problem.remedy().ifPresent(todo -> html.leaf("p", "What to do: " + todo, "class", "message"));
      problem.alert().ifPresent(alert -> runbook(html, alert));
      html.leaf("p", problem.place(), "class", "sub");
      html.close().line();
    }
    html.close().line();
  }

  private void runbook(Html html, Alert alert) {
    visit
        .runbooks()
        .of(alert)
        .ifPresent(
            url -> {
              html.open("p", "class", "sub").text("Runbook: ");
              Marks.address(html, url);
              html.close();
            });
  }

  private void services(Html html) {
    html.leaf("h2", "Services");
    if (view.services().isEmpty()) {
      html.leaf("p", "No ClinicService refers to this Clinic.", "class", "empty");
      return;
    }
    Table table =
        Table.begin(
            html,
            "Services",
            "Service",
            "Ready",
            "At the agent",
            "Public address",
            "Internal address and upstream");
    for (ServiceState row : view.services()) {
      ClinicService service = row.service();
      ClinicServiceStatus state = ClinicServiceStatus.of(service);
      table
          .row()
          .head(row.name())
          .cell(word(service, ConditionType.Ready, "ready", "not ready"))
          .cell(word(service, ConditionType.AgentOnline, "bound", "not bound"))
          .cell(cell -> Marks.address(cell, publicAddress(state)))
          .cell(
              cell -> {
                Marks.address(cell, state.internalURL(), false);
                cell.open("span", "class", "sub").text("to ");
                cell.leaf("code", service.getSpec().upstream().url()).close();
              })
          .endRow();
    }
    table.end();
  }

  private static String publicAddress(ClinicServiceStatus state) {
    if (state.publicURL() != null) {
      return state.publicURL();
    }
    return state.address() == null ? null : state.address().addr();
  }

  /** The status of a condition in a word, with its reason. */
  private static String word(ClinicService service, ConditionType type, String yes, String no) {
    return Conditions.find(Conditions.of(service), type)
        .map(
            condition ->
                switch (condition.status()) {
                  case True -> yes;
                  case False -> no + " (" + condition.reason() + ")";
                  case Unknown -> "unknown (" + condition.reason() + ")";
                })
        .orElse("");
  }

  private void agents(Html html) {
    html.leaf("h2", "Agents");
    if (status.agents().isEmpty()) {
      html.leaf(
          "p",
          Conditions.find(status.conditions(), ConditionType.AgentOnline)
              .map(condition -> "None is connected: " + condition.message())
              .orElse("None is connected."),
          "class",
          "empty");
      return;
    }
    Table table =
        Table.begin(html, "Agents", "Session", "Connected for", "Version", "From", "Region");
    for (AgentStatus agent : status.agents()) {
      table
          .row()
          .head(agent.sessionID())
          .cell(cell -> Moments.since(cell, agent.startedAt(), visit.now()))
          .cell(agent.version())
          .cell(agent.ip())
          .cell(agent.region())
          .endRow();
    }
    table.end();
  }

  private void records(Html html) {
    html.leaf("h2", "DNS records to create");
    if (status.dnsRecords().isEmpty()) {
      html.leaf("p", "None.", "class", "empty");
    } else {
      Table table = Table.begin(html, "DNS records to create", "Name", "Type", "Value");
      for (DNSRecord record : status.dnsRecords()) {
        table
            .row()
            .head(cell -> cell.leaf("code", record.name()))
            .cell(record.type())
            .cell(cell -> cell.leaf("code", record.value()))
            .endRow();
      }
      table.end();
    }
    if (!status.domains().isEmpty()) {
      Table table = Table.begin(html, "Domains and their certificates", "Domain", "Certificate");
      for (DomainStatus domain : status.domains()) {
        table
            .row()
            .head(cell -> cell.leaf("code", domain.name()))
            .cell(domain.certificate() == null ? null : domain.certificate().name())
            .endRow();
      }
      table.end();
    }
  }

  private void siteKit(Html html) {
    html.leaf("h2", "Site kit");
    html.open("dl");
    SiteKitStatus kit = status.siteKit();
    term(html, "Secret", kit == null ? "not written yet" : kit.secretName());
    view.siteKitWaits().ifPresent(why -> term(html, "State", why));
    term(
        html,
        "Installed",
        Conditions.find(status.conditions(), ConditionType.SiteKitCurrent)
            .map(condition -> condition.reason())
            .orElse("unknown"));
    AuthtokenStatus token = status.authtoken();
    if (token != null) {
      term(html, "Authtoken issued", date(token.issuedAt()));
      term(
          html,
          "Rotates",
          Optional.ofNullable(token.rotatesAt()).map(ClinicPage::date).orElse("not by schedule"));
      int retiring = token.retiring() == null ? 0 : token.retiring().size();
      term(html, "Replaced and not yet revoked", Integer.toString(retiring));
    }
    html.close().line();
  }

  private static void term(Html html, String term, String text) {
    html.open("div").leaf("dt", term).leaf("dd", text).close();
  }

  private static String date(String text) {
    return Timestamps.parse(text).map(Moments::full).orElse("unknown");
  }

  private void commands(Html html) {
    html.leaf("h2", "Look closer");
    html.leaf(
        "pre",
        "kubectl -n %1$s describe clinic %2$s\nkubectl -n %1$s get clinicnet -o wide"
            .formatted(view.namespace(), view.name()));
  }
}
