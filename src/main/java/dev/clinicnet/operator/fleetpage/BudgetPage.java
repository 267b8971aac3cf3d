package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.fleetpage.BudgetHistory.Minute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The request allowance of each account over the last hours. */
final class BudgetPage {
  private static final List<Integer> HOURS = List.of(1, 3, 6);
  private static final int DEFAULT_HOURS = 3;
  private static final int BARS = 180;
  private static final int ROWS = 12;

  private BudgetPage() {}

  /**
   * The page.
   *
   * @param accounts the accounts that the viewer may know of; the first one is shown unless the
   *     query chooses another one
   * @param limit how many requests a minute may have
   */
  static String of(Visit visit, List<AccountFigures> accounts, int limit) {
    int asked = visit.query().number(Query.HOURS, DEFAULT_HOURS);
    int hours = HOURS.contains(asked) ? asked : DEFAULT_HOURS;
    AccountFigures shown =
        accounts.stream()
            .filter(account -> account.name().equals(visit.query().get(Query.ACCOUNT)))
            .findFirst()
            .orElse(accounts.get(0));
    return PageFrame.of(visit, "Budget", html -> write(html, visit, accounts, shown, hours, limit));
  }

  /**
   * The page of a replica that does not lead. It sends no requests, so it has no figures.
   *
   * @param leader the identity of the replica that leads; empty while it is not known
   */
  static String standby(Visit visit, Optional<String> leader) {
    return PageFrame.of(
        visit,
        "Budget",
        html -> {
          html.leaf("h1", "This replica has no figures");
          html.leaf(
              "p",
              "It stands by and sends no requests to ngrok, so it shows no budget and no history.",
              "class",
              "lead");
          if (leader.isPresent()) {
            html.open("p", "class", "note").text("The leader has the figures. It is ");
            html.leaf("code", leader.get()).text(", which begins with the name of its pod.");
            html.close();
          } else {
            html.leaf("p", "It is not known yet which replica leads.", "class", "note");
          }
        });
  }

  private static void write(
      Html html,
      Visit visit,
      List<AccountFigures> accounts,
      AccountFigures shown,
      int hours,
      int limit) {
    List<Minute> minutes = shown.history().last(hours * 60);
    Instant begun = shown.history().begun();
    html.leaf("h1", "%d of %d requests used".formatted(shown.used(), limit));
    if (accounts.size() > 1) {
      choice(html, visit, accounts, shown);
    }
    html.leaf(
        "p",
        "This is the rolling minute of requests to the ngrok API that the operator allows itself"
            + " (--requests-per-minute)"
            + (accounts.size() > 1 ? " in the account " + shown.name() : "")
            + ".",
        "class",
        "lead");
    if (begun.isAfter(minutes.get(0).start())) {
      html.leaf(
          "p",
          ("The figures begin at %s, when this process started"
                  + (accounts.size() > 1 ? " to use this account" : "")
                  + ". It does not know earlier ones.")
              .formatted(Moments.full(begun)),
          "class",
          "note");
    }
    html.open("nav", "aria-label", "Time shown", "class", "choice").open("ul");
    for (int choice : HOURS) {
      html.open("li");
      html.leaf(
          "a",
          choice + " h",
          "href",
          visit.with(Query.HOURS, Integer.toString(choice)),
          "aria-current",
          choice == hours ? "true" : null);
      html.close();
    }
    html.close().close().line();
    html.leaf("h2", "Requests a minute");
    html.open("figure");
    BudgetPlot.write(
        html, BudgetPlot.condensed(minutes, BARS), limit, summary(minutes, hours, limit));
    legend(html);
    html.close().line();
    table(html, minutes, hours);
  }

  private static void choice(
      Html html, Visit visit, List<AccountFigures> accounts, AccountFigures shown) {
    html.open("nav", "aria-label", "Account shown", "class", "choice").open("ul");
    for (AccountFigures account : accounts) {
      html.open("li");
      html.leaf(
          "a",
          "%s: %d used".formatted(account.name(), account.used()),
          "href",
          visit.with(Query.ACCOUNT, account.name()),
          "aria-current",
          account.equals(shown) ? "true" : null);
      html.close();
    }
    html.close().close().line();
  }

  private static String summary(List<Minute> minutes, int hours, int limit) {
    return "Requests to ngrok in each minute of the last %d h: at most %d of %d, %d in all, %d refused. The table below has the same figures."
        .formatted(
            hours,
            minutes.stream().mapToInt(Minute::sent).max().orElse(0),
            limit,
            minutes.stream().mapToInt(Minute::sent).sum(),
            minutes.stream().mapToInt(Minute::refused).sum());
  }

  private static void legend(Html html) {
    html.open("figcaption").open("ul", "class", "legend");
    key(html, "closing", "Closing and deleting");
    key(html, "changes", "Changes");
    key(html, "sweeps", "Lists of the account");
    key(html, "refused", "ngrok refused a request, because there were too many");
    key(html, "limit", "The limit");
    html.close().close();
  }

  private static void key(Html html, String style, String text) {
    html.open("li");
    html.leaf("span", "", "class", "key " + style).text(" " + text);
    html.close();
  }

  private static void table(Html html, List<Minute> minutes, int hours) {
    html.leaf("h2", "The same as a table");
    Table table =
        Table.begin(
            html,
            "Requests to ngrok, the newest first",
            "From",
            "Sent",
            "Busiest minute",
            "Closing and deleting",
            "Changes",
            "Lists",
            "Refused",
            "Longest wait");
    int each = hours * 60 / ROWS;
    for (int i = minutes.size(); i > 0; i -= each) {
      List<Minute> part = minutes.subList(Math.max(0, i - each), i);
      Duration wait =
          part.stream().map(Minute::longestWait).max(Duration::compareTo).orElse(Duration.ZERO);
      table
          .row()
          .head(Moments.clock(part.get(0).start()) + " UTC")
          .cell(number(part.stream().mapToInt(Minute::sent).sum()))
          .cell(number(part.stream().mapToInt(Minute::sent).max().orElse(0)))
          .cell(number(part.stream().mapToInt(Minute::closing).sum()))
          .cell(number(part.stream().mapToInt(Minute::changes).sum()))
          .cell(number(part.stream().mapToInt(Minute::sweeps).sum()))
          .cell(number(part.stream().mapToInt(Minute::refused).sum()))
          .cell(Moments.span(wait))
          .endRow();
    }
    table.end();
  }

  private static String number(int number) {
    return Integer.toString(number);
  }
}
