package dev.clinicnet.operator.ngrok;

/** The body that changes an object: null members stay as they are. */
public interface Changes {

  /** The text with our mark; null if none is sent. */
  String metadata();

  /** Whether it gives up a name for which another object may wait. */
  default boolean freesName() {
    return false;
  }
}
