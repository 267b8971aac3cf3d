package dev.clinicnet.operator.condition;

/** The condition types, as they are written in a status. */
public enum ConditionType {
  /** The manifest is valid, and every name that it claims is held by it. */
  Accepted,
  /** Every object that it refers to was found. */
  ResolvedRefs,
  /** What ngrok holds is what the manifest asks for. */
  Programmed,
  /** Accepted, ResolvedRefs and Programmed together. */
  Ready,
  /** The Clinic's domains have their certificates. Not part of Ready. */
  DomainsReady,
  /** An agent is connected, or has bound the service's internal endpoint. Not part of Ready. */
  AgentOnline,
  /**
   * The certificates it refers to do not expire soon. Only where there are any; not part of Ready.
   */
  CertificatesCurrent,
  /** The connected agent runs the present site kit. Not part of Ready. */
  SiteKitCurrent,
  /** Of a session: whether the service is open for it now. Not part of Ready. */
  Open,
  /** Present, and True, while the operator is still working on it. */
  Reconciling,
  /** Present, and True, when no retry can help until somebody changes something. */
  Stalled
}
