package dev.clinicnet.operator.plan;

/** Why a step is planned. */
public enum Cause {
  /** The manifest asks for something that was not programmed yet. */
  MANIFEST,
  /** Somebody changed at the platform what had been programmed. */
  DRIFT,
  /** Access ends: neither a suspended manifest nor one that only reports drift holds it back. */
  CLOSING
}
