package dev.clinicnet.simulator.traffic;

import java.io.InputStream;

/**
 * A request as it is on its way.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the public host, without a port
 * @param target path and query as the client sent them
 * @param headers hop-by-hop fields are not among them
 * @param body empty where there is none
 */
public record HTTPRequest(
    String scheme, String method, String host, String target, Headers headers, InputStream body) {}
