package dev.clinicnet.operator.service;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;

/** Something that a manifest refers to is not there, or is not what it should be. */
final class UnresolvedReference extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Verdict verdict;

  private UnresolvedReference(Verdict verdict) {
    super(verdict.message());
    this.verdict = verdict;
  }

  /** There is no such object, or key, that the operator may read. */
  static UnresolvedReference notFound(String message) {
    return new UnresolvedReference(Verdict.no(Reason.ReferenceNotFound, message));
  }

  /** It is there, and cannot be used. */
  static UnresolvedReference invalid(String message) {
    return new UnresolvedReference(Verdict.no(Reason.InvalidReference, message));
  }

  /** What ResolvedRefs says. */
  Verdict verdict() {
    return verdict;
  }
}
