package dev.clinicnet.operator.simulation;

/** What goes wrong at one call of the operator. */
enum Fault {
  /** The process ends before the call takes effect. */
  CRASH_BEFORE,
  /** The process ends after the call has taken effect, before the answer. */
  CRASH_AFTER,
  /** The call takes effect, and its answer is lost. */
  LOST_ANSWER,
  /** The call does not take effect, and there is no answer in time. */
  TIMEOUT,
  /** The platform has had too many requests: 429. */
  THROTTLED,
  /** The platform or the API server fails: 503. */
  UNAVAILABLE,
  /** The call takes effect, and the answer is an internal error: 500. */
  FAILED_AFTER,
  /** Something else has just changed what the call needs: 18006, 446, 413, or a newer version. */
  CONFLICT,
  /** Other work comes in between, before the call takes effect. */
  OTHERS_BEFORE,
  /** Other work comes in between, after the call has taken effect. */
  OTHERS_AFTER,
  /** The process stands still before the call, and another one takes the lead meanwhile. */
  LEAD_LOST,
  /** The caches get no events for some minutes. */
  STALE_CACHES,
  /** The watches break, and the caches list everything anew. */
  WATCH_GAP;
}
