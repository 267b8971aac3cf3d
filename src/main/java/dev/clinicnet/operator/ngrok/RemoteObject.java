package dev.clinicnet.operator.ngrok;

/**
 * Anything that the account holds under an id. Ids are opaque: their prefixes are not validated.
 */
public interface RemoteObject {
  String id();
}
