package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.fleetpage.BudgetHistory.Minute;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws the requests of each minute as bars, and the limit as a line. */
final class BudgetPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 220;
  private static final int LEFT = 40;
  private static final int RIGHT = 8;
  private static final int TOP = 12;
  private static final int BOTTOM = 28;

  private final Html html;
  private final List<Minute> minutes;
  private final int limit;
  private final double most;

  private BudgetPlot(Html html, List<Minute> minutes, int limit) {
    this.html = html;
    this.minutes = minutes;
    this.limit = limit;
    int busiest = minutes.stream().mapToInt(Minute::sent).max().orElse(0);
    this.most = Math.max(limit, busiest) * 1.1;
  }

  /**
   * Writes the plot.
   *
   * @param minutes the oldest first
   * @param limit how many requests a minute may have
   * @param summary what the plot shows, for those who cannot see it
   */
  static void write(Html html, List<Minute> minutes, int limit, String summary) {
    new BudgetPlot(html, minutes, limit).draw(summary);
  }

  private void draw(String summary) {
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "class",
        "plot",
        "role",
        "img",
        "aria-label",
        summary);
    level(0, "grid", "0");
    level(limit / 2.0, "grid", Integer.toString(limit / 2));
    level(limit, "limit", Integer.toString(limit));
    double step = (double) (WIDTH - LEFT - RIGHT) / minutes.size();
    for (int i = 0; i < minutes.size(); i++) {
      bar(minutes.get(i), LEFT + i * step, step);
    }
    times(step);
    html.close().line();
  }

  private void level(double value, String style, String label) {
    String y = text(y(value));
    html.single(
        "line", "x1", text(LEFT), "x2", text(WIDTH - RIGHT), "y1", y, "y2", y, "class", style);
    html.leaf("text", label, "x", text(LEFT - 6), "y", text(y(value) + 4), "class", "value");
  }

  private void bar(Minute minute, double x, double step) {
    double width = Math.max(step - 0.8, 0.8);
    double top = part(x, width, 0, minute.sweeps(), "sweeps");
    top = part(x, width, top, minute.changes(), "changes");
    top = part(x, width, top, minute.closing(), "closing");
    if (minute.refused() > 0) {
      html.single(
          "circle",
          "cx",
          text(x + width / 2),
          "cy",
          text(y(top) - 4),
          "r",
          "2.5",
          "class",
          "refused");
    }
  }

  private double part(double x, double width, double from, int count, String style) {
    if (count > 0) {
      html.single(
          "rect",
          "x",
          text(x),
          "y",
          text(y(from + count)),
          "width",
          text(width),
          "height",
          text(y(from) - y(from + count)),
          "class",
          style);
    }
    return from + count;
  }

  /** Round times below the bars. */
  private void times(double step) {
    long span = Duration.between(minutes.get(0).start(), last()).toMinutes();
    long every = span < 90 ? 10 : span < 240 ? 30 : 60;
    long before = Long.MIN_VALUE;
    for (int i = 0; i < minutes.size(); i++) {
      Instant at = minutes.get(i).start();
      long part = Math.floorDiv(at.getEpochSecond() / 60, every);
      if (i > 0 && part != before) {
        html.leaf(
            "text",
            Moments.clock(Instant.ofEpochSecond(part * every * 60)),
            "x",
            text(LEFT + i * step),
            "y",
            text(HEIGHT - 8),
            "class",
            "hour");
      }
      before = part;
    }
  }

  private Instant last() {
    return minutes.get(minutes.size() - 1).start();
  }

  private double y(double value) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most);
  }

  private static String text(double number) {
    return Double.toString(Math.round(number * 10) / 10.0);
  }

  /** Puts minutes together, so that a plot has no more than {@code bars}: the busiest counts. */
  static List<Minute> condensed(List<Minute> minutes, int bars) {
    int each = Math.max(1, (minutes.size() + bars - 1) / bars);
    List<Minute> answer = new ArrayList<>();
    for (int i = 0; i < minutes.size(); i += each) {
      List<Minute> group = minutes.subList(i, Math.min(minutes.size(), i + each));
      Minute busiest = group.get(0);
      for (Minute minute : group) {
        busiest = minute.sent() > busiest.sent() ? minute : busiest;
      }
      answer.add(
          new Minute(
              group.get(0).start(),
              busiest.closing(),
              busiest.changes(),
              busiest.sweeps(),
              group.stream().mapToInt(Minute::refused).sum(),
              group.stream()
                  .map(Minute::longestWait)
                  .max(Duration::compareTo)
                  .orElse(Duration.ZERO)));
    }
    return answer;
  }
}
