package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.config.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class Moments {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Moments() {}

  /** Date and time. */
  static String full(Instant at) {
    return MINUTE.format(at);
  }

  /** The time of the day. */
  static String clock(Instant at) {
    return CLOCK.format(at);
  }

  /** A span with its two largest units, such as {@code 3 h 12 min}; never negative. */
  static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    if (minutes == 0) {
      return seconds + " s";
    }
    if (hours == 0) {
      return minutes + " min";
    }
    if (hours < 48) {
      return minutes % 60 == 0 ? hours + " h" : hours + " h " + minutes % 60 + " min";
    }
    return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
  }

  /** Writes how long ago a time was. The exact time is there for the mouse and for programs. */
  static void since(Html html, Instant at, Instant now) {
    if (at.equals(Instant.EPOCH)) {
      html.text("unknown");
      return;
    }
    html.leaf(
        "time", span(Duration.between(at, now)), "datetime", at.toString(), "title", full(at));
  }

  /** Writes how long ago a time in a status was; a dash if there is none. */
  static void since(Html html, String at, Instant now) {
    Timestamps.parse(at).ifPresentOrElse(moment -> since(html, moment, now), () -> html.text("–"));
  }
}
