package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.inventory.Owner;
import java.util.List;
import java.util.Locale;

/**
 * A change of the site kit of a Clinic.
 *
 * @param secret the name of its Secret
 * @param lines the lines of the agent's configuration that differ, without secrets; empty if they
 *     are not known, or if all are new
 */
record SiteKitChange(Owner owner, String secret, Kind kind, List<String> lines) {
  /** How a site kit changes. */
  enum Kind {
    /** There is no site kit yet. */
    CREATE("+"),
    /** The agent's configuration differs, so the site kit must be installed again. */
    UPDATE("~"),
    /** The present content is not known from an agent or from other manifests. */
    UNKNOWN("?");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }

    /** The word in the output. */
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
