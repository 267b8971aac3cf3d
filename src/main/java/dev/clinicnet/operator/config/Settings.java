package dev.clinicnet.operator.config;

import java.time.Duration;

/**
 * What decisions depend on beside the manifests.
 *
 * @param instance which installation this is: part of every mark
 * @param undoWindow how long a retired name is kept before it is released; zero: not at all
 * @param removeOrphans whether what is at ngrok without its manifest is removed after that window
 */
public record Settings(String instance, Duration undoWindow, boolean removeOrphans) {

  /** What is at ngrok without its manifest stays. */
  public Settings(String instance, Duration undoWindow) {
    this(instance, undoWindow, false);
  }
}
