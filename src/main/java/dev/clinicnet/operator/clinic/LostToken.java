package dev.clinicnet.operator.clinic;

/** What is known of a credential whose token never came into the Secret. */
enum LostToken {
  /** There is no such credential. */
  NONE,
  /** There is one, and the Secret must say so before it is deleted. */
  FOUND,
  /** The Secret says so, and must go on saying it until the credential is deleted. */
  SAID
}
