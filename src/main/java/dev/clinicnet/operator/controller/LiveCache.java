package dev.clinicnet.operator.controller;

import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;

/**
 * Whether a cache may be believed. When the SDK stops, it empties its caches while passes still
 * run: to these, every session and every service would be gone.
 */
final class LiveCache {
  private LiveCache() {}

  /**
   * Fails when a cache is stopped. To be called after it was read: it stops, and then it is
   * emptied.
   */
  static void require(IndexerResourceCache<?> cache) {
    if (cache instanceof AbstractEventSource<?, ?> source && !source.isRunning()) {
      throw new IllegalStateException(
          "the operator is stopping: its caches are empty, and nothing follows from that");
    }
  }
}
