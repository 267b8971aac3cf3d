package dev.clinicnet.operator.controller;

import io.javaoperatorsdk.operator.processing.retry.GenericRetry;

/** How a pass that failed is tried again: after 1 s, then later each time, at most 60 s, always. */
final class UnlimitedRetry {
  private UnlimitedRetry() {}

  static GenericRetry create() {
    return new GenericRetry()
        .setInitialInterval(1_000)
        .setIntervalMultiplier(2)
        .setMaxInterval(60_000)
        .withoutMaxAttempts();
  }
}
