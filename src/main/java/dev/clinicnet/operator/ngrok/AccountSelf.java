package dev.clinicnet.operator.ngrok;

/**
 * What ngrok says about the account of the API key.
 *
 * @param id the id of the account
 * @param suspended whether ngrok has suspended it; null if ngrok does not say
 * @param fullCapture whether ngrok's inspector keeps headers and bodies of requests; null if ngrok
 *     does not say
 */
public record AccountSelf(String id, Boolean suspended, Boolean fullCapture) {}
