package dev.clinicnet.operator.config;

import java.time.Duration;

/**
 * The settings that decisions depend on, in addition to the manifests.
 *
 * @param instance the name of this installation, which is part of every mark
 * @param undoWindow the time for which a retired name is kept before it is released; zero: not at
 *     all
 * @param removeOrphans whether objects at ngrok without a manifest are removed after that window
 */
public record Settings(String instance, Duration undoWindow, boolean removeOrphans) {

  /** Settings with which objects at ngrok without a manifest stay. */
  public Settings(String instance, Duration undoWindow) {
    this(instance, undoWindow, false);
  }
}
