package dev.clinicnet.operator.ngrok;

import java.time.Duration;

/**
 * The permission to send one request. It is closed when the request is answered or has failed: from
 * then on it counts as used for a whole window.
 *
 * @param lane the lane in which it was given
 * @param waited how long its owner has waited for it
 */
record Permit(Budget budget, Lane lane, Duration waited) implements AutoCloseable {
  @Override
  public void close() {
    budget.answered(this);
  }
}
