package dev.clinicnet.operator.ngrok;

import java.time.Duration;

/**
 * What one of the platform's error codes means to a caller.
 *
 * @param advice what is wrong and what to do, as the rest of a sentence
 * @param retryAfter null where the caller decides
 * @param stopsEveryone whether no request of the account may be sent until then
 */
record Verdict(Failure failure, String advice, Duration retryAfter, boolean stopsEveryone) {

  static Verdict of(Failure failure, String advice) {
    return new Verdict(failure, advice, null, false);
  }

  Verdict withAdvice(String other) {
    return new Verdict(failure, other, retryAfter, stopsEveryone);
  }

  Verdict withRetryAfter(Duration other) {
    return new Verdict(failure, advice, other, stopsEveryone);
  }
}
