package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;

/**
 * An object of the account for which there is no manifest.
 *
 * @param kind one object of its kind, for people
 * @param name its name at ngrok; its id where it has none
 * @param reason why, and what helps where something does; a sentence
 */
record Skipped(String kind, String id, String name, String reason) {

  static Skipped of(RemoteObject row, String reason) {
    return new Skipped(Resource.of(row).word(), row.id(), row.displayName(), reason);
  }
}
