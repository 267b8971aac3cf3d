package dev.clinicnet.bench;

import java.util.List;

/** Something that happens to a fleet, and is measured. */
interface Scenario {
  /** All scenarios, in an order in which one world can run them. */
  List<Scenario> ALL =
      List.of(
          new Converge(),
          new Meanwhile(),
          new Steady(),
          new ChangeOne(),
          new ChangeAll(),
          new Drift(),
          new RotateAll(),
          new Restart(),
          new DeleteAll());

  /** Its name on the command line. */
  String name();

  /** Whether it begins without Clinics; the others begin with a fleet that is ready. */
  default boolean beginsEmpty() {
    return false;
  }

  /** Lets it happen, and measures it. */
  Figures run(World world);
}
