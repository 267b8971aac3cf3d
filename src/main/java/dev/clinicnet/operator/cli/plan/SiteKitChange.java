package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.inventory.Owner;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of the site kit of a Clinic.
 *
 * @param secret the name of its Secret
 * @param lines the lines of the agent's configuration that differ, without secrets; empty where
 *     they are not known, or all are new
 */
record SiteKitChange(Owner owner, String secret, Kind kind, List<String> lines) {
  /** How a site kit changes. */
  enum Kind {
    /** There is none yet. */
    CREATE("+"),
    /** The agent's configuration differs, so that it must be installed again. */
    UPDATE("~"),
    /** Neither an agent nor other manifests tell what it holds now. */
    UNKNOWN("?");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }

    /** As programs and people read it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  SiteKitChange {
    lines = List.copyOf(lines);
  }

  /** A change without lines. */
  SiteKitChange(Owner owner, String secret, Kind kind) {
    this(owner, secret, kind, List.of());
  }

  /** Whether something must be installed at the site. */
  boolean mustBeInstalled() {
    return kind != Kind.UNKNOWN;
  }
}
