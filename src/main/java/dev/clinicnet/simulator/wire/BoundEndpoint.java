package dev.clinicnet.simulator.wire;

/**
 * An endpoint that is online.
 *
 * @param bindId the id by which agent and platform name it
 * @param tunnelId its id in the platform's API
 */
public record BoundEndpoint(String bindId, String url, String tunnelId) {}
