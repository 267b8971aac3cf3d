package dev.clinicnet.bench;

/** Something that happens to a fleet, and is measured. */
interface Scenario {
  /** Its name on the command line. */
  String name();

  /** Whether it begins without Clinics; the others begin with a fleet that is ready. */
  default boolean beginsEmpty() {
    return false;
  }

  /** Lets it happen, and measures it. */
  Figures run(World world);
}
