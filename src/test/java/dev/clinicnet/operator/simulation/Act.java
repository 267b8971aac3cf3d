package dev.clinicnet.operator.simulation;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that happens outside of the operator.
 *
 * @param at when, after the start
 * @param kind what
 * @param clinic the number of the clinic
 * @param choice which of the possibilities
 */
record Act(Duration at, Kind kind, int clinic, int choice) {

  /** What can happen. */
  enum Kind {
    RENAME,
    DOMAIN,
    PATHS,
    UPSTREAM,
    CIDR,
    HIDE,
    REVOKE_OLD,
    SUSPEND,
    QUARANTINE,
    RETAIN,
    RESTART,
    ROTATE,
    DELETE_SERVICE,
    DELETE_CLINIC,
    DELETE_ALL,
    APPLY,
    OPEN_SESSION,
    CLOSE_SESSION,
    CONNECT,
    DISCONNECT,
    LOSE_SITE_KIT,
    FOREIGN_DELETE,
    FOREIGN_CHANGE,
    TOUCH,
    FIELD,
    LOCK,
    ROTATE_LOCK,
    REINSTALL;

    /** The kinds in random schedules. The lives of clinics have fields, too. */
    static final List<Kind> RANDOM = Stream.of(values()).filter(kind -> kind != FIELD).toList();
  }

  /** The act of its text. */
  static Act parse(String text) {
    String[] fields = text.split("\\.", -1);
    return new Act(
        Duration.ofMillis(Long.parseLong(fields[0])),
        Kind.valueOf(fields[1]),
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]));
  }

  @Override
  public String toString() {
    return at.toMillis() + "." + kind + "." + clinic + "." + choice;
  }
}
