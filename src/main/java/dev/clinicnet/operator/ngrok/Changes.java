package dev.clinicnet.operator.ngrok;

/** The body that changes an object: null members stay as they are. */
public interface Changes {

  /** The text that is to hold our mark; null where none is sent. */
  String metadata();

  /** Whether it gives up a name that somebody may wait for. */
  default boolean freesName() {
    return false;
  }
}
