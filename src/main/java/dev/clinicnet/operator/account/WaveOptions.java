package dev.clinicnet.operator.account;

import java.time.Duration;

/**
 * How a change goes out that reaches many Clinics at once.
 *
 * @param threshold from how many Clinics on a change goes out by waves; 0: never
 * @param percent how many of the Clinics that it reaches are in one portion, in percent
 * @param pause how long the operator watches a portion at least before the next one
 */
public record WaveOptions(int threshold, int percent, Duration pause) {
  /** The smallest portion, in Clinics. */
  static final int LEAST = 5;

  /** Every change goes out at once. */
  public static final WaveOptions OFF = new WaveOptions(0, 100, Duration.ZERO);

  /** How often the operator looks whether the next portion may go. */
  Duration look() {
    return pause.dividedBy(2);
  }

  /** How many Clinics are in a portion of a change that reaches so many. */
  int portion(int clinics) {
    return Math.max(LEAST, (clinics * percent + 99) / 100);
  }
}
