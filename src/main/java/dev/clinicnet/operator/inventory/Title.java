package dev.clinicnet.operator.inventory;

/** What a manifest is to an object that is there already. */
public enum Title {
  /** It carries the manifest's own mark. */
  OWN,
  /**
   * Its holder hands it over; or it is kept for an object of the same namespace that let go of it
   * or is gone.
   */
  GIVEN,
  /** It carries no mark, and the grant and the manifest both want it. */
  ADOPTED,
  /** It belongs to the installation, and to no manifest alone. */
  SHARED,
  /** It carries no mark, and nobody may take it. */
  UNMARKED,
  /** It carries the mark of something else. */
  HELD
}
