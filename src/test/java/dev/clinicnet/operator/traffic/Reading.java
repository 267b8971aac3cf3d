package dev.clinicnet.operator.traffic;

/** The answer of the oracle for one check. */
enum Reading {
  /** It is passed. */
  PASSES,
  /** It is not passed. */
  FAILS,
  /** The manifest leaves it open, so that either is right. */
  OPEN
}
