package dev.clinicnet.operator.inventory;

/** The relation of a manifest to an existing object. */
public enum Title {
  /** The object carries the manifest's mark. */
  OWN,
  /**
   * The holder hands the object over, or the object is kept for a manifest of the same namespace
   * that released it or is gone.
   */
  GIVEN,
  /** The object carries no mark, and both the grant and the manifest allow its adoption. */
  ADOPTED,
  /** The object belongs to the installation, and not to one manifest. */
  SHARED,
  /** The object carries no mark, and may not be adopted. */
  UNMARKED,
  /** The object carries the mark of another owner. */
  HELD
}
