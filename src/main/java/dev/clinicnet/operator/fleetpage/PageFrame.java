package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.config.Version;
import java.time.Duration;
import java.util.function.Consumer;

/** What all pages have in common: head, navigation and foot. */
final class PageFrame {
  static final String LIST = "/";
  static final String CLINICS = "/clinics/";
  static final String SESSIONS = "/sessions";
  static final String BUDGET = "/budget";
  static final String STYLE = "/style.css";
  static final String ICON = "/icon.svg";

  /** How often a page is loaded again. */
  static final Duration REFRESH = Duration.ofSeconds(30);

  private PageFrame() {}

  /**
   * A whole page.
   *
   * @param title what the page is about
   * @param main writes its content, which begins with a heading of level 1
   */
  static String of(Visit visit, String title, Consumer<Html> main) {
    Html html = new Html();
    html.open("html", "lang", "en").open("head");
    html.single("meta", "charset", "utf-8");
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.leaf("title", title + " – clinic fleet");
    html.single("link", "rel", "stylesheet", "href", STYLE);
    html.single("link", "rel", "icon", "href", ICON, "type", "image/svg+xml");
    html.close().line().open("body");
    html.leaf("a", "Skip to the content", "class", "skip", "href", "#main");
    header(html, visit);
    html.open("main", "id", "main", "tabindex", "-1");
    main.accept(html);
    html.close().line();
    footer(html, visit);
    return html.close().close().document();
  }

  private static void header(Html html, Visit visit) {
    html.open("header", "class", "top").leaf("p", "Clinic fleet", "class", "brand");
    html.open("nav", "aria-label", "Pages").open("ul");
    link(html, visit, "Clinics", LIST);
    link(html, visit, "Sessions", SESSIONS);
    link(html, visit, "Budget", BUDGET);
    html.close().close();
    html.open("p", "class", "fresh").text("As of ");
    html.leaf(
        "time",
        Moments.clock(visit.now()) + " UTC",
        "datetime",
        visit.now().toString(),
        "title",
        Moments.full(visit.now()));
    boolean on = visit.query().refreshes();
    html.text(on ? ", again every " + REFRESH.toSeconds() + " s. " : ", not refreshed. ");
    html.leaf(
        "a",
        on ? "Stop refreshing" : "Refresh by itself",
        "href",
        visit.with(Query.REFRESH, on ? "off" : ""));
    html.close().close().line();
  }

  private static void link(Html html, Visit visit, String title, String path) {
    boolean here = visit.path().equals(path);
    html.open("li");
    html.leaf("a", title, "href", visit.on(path), "aria-current", here ? "page" : null);
    html.close();
  }

  private static void footer(Html html, Visit visit) {
    html.open("footer");
    html.leaf(
        "p",
        "You are %s, and see %s. This page only shows; it changes nothing."
            .formatted(visit.user(), visit.scope()));
    html.leaf(
        "p",
        "clinic-operator %s, %s."
            .formatted(
                Version.current(),
                visit.leads() ? "the replica that works" : "a replica that stands by"));
    html.close();
  }
}
