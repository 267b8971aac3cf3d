package dev.clinicnet.simulator.traffic;

/**
 * The endpoint whose policy runs.
 *
 * @param url normalised: lower case, without a default port
 * @param trafficPolicy JSON or YAML; empty if the endpoint has none
 */
public record Endpoint(String id, String url, String trafficPolicy) {}
