package dev.clinicnet.operator.ngrok;

import java.time.Duration;

/** Learns of every request that was sent, and of every wait for the budget. Must not block. */
public interface RequestObserver {

  /** Observes nothing. */
  RequestObserver NONE = new RequestObserver() {};

  /**
   * One request was sent and has ended. A repetition is a request of its own.
   *
   * @param resource the first element of the path, such as {@code endpoints}: never an id
   * @param method the HTTP method
   * @param failure null when it succeeded, which includes the deletion of what was absent already
   * @param took from sending to the end of the answer
   */
  default void requested(String resource, String method, Failure failure, Duration took) {}

  /**
   * ngrok refused a request. {@link #requested} follows.
   *
   * @param code the code of the answer; null if it has none
   */
  default void refused(Failure failure, String code) {}

  /** A request was not sent, because there is no API key. */
  default void withoutKey(String resource, String method) {}

  /** A request has been given its place in the budget after {@code wait}, which may be zero. */
  default void waited(Lane lane, Duration wait) {}

  /** An observer that learns the same as this one and another one, in this order. */
  default RequestObserver and(RequestObserver other) {
    RequestObserver first = this;
    return new RequestObserver() {
      @Override
      public void requested(String resource, String method, Failure failure, Duration took) {
        first.requested(resource, method, failure, took);
        other.requested(resource, method, failure, took);
      }

      @Override
      public void refused(Failure failure, String code) {
        first.refused(failure, code);
        other.refused(failure, code);
      }

      @Override
      public void withoutKey(String resource, String method) {
        first.withoutKey(resource, method);
        other.withoutKey(resource, method);
      }

      @Override
      public void waited(Lane lane, Duration wait) {
        first.waited(lane, wait);
        other.waited(lane, wait);
      }
    };
  }
}
