package dev.clinicnet.operator.ngrok;

/** Why a request failed. Each value stands for what the caller must do. */
public enum Failure {
  /** The object does not exist: treat a deletion as done, look again before anything else. */
  NOT_FOUND,
  /** Its name is taken (codes 413, 4112, 18009): list again, then adopt it or report who has it. */
  ALREADY_EXISTS,
  /** Another object is in the way for now (446, 18006, 18016, 18017): try again later. */
  CONFLICT,
  /** The request is wrong and stays wrong: somebody must change the manifest. */
  INVALID,
  /** The account's plan or quota does not allow it: somebody must change the plan. */
  ACCOUNT_LIMIT,
  /** The API key is missing, rejected, or lacks the rights: somebody must change the key. */
  UNAUTHORIZED,
  /** Not sent, because its turn in the request budget has not come: the object is called then. */
  WAITING,
  /** Too many requests: wait for {@link NgrokException#retryAfter}. */
  THROTTLED,
  /** The platform could not be reached or failed, and certainly did nothing: try again. */
  UNAVAILABLE,
  /** There is no usable answer: the request may have been carried out. Look before trying again. */
  OUTCOME_UNKNOWN,
  /** Not sent, because this process no longer leads. */
  NOT_LEADING
}
