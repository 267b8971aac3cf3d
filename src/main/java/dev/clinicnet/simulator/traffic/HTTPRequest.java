package dev.clinicnet.simulator.traffic;

import java.io.InputStream;

/**
 * A request on its way to the upstream.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the public host, without a port
 * @param target path and query as the client sent them
 * @param headers without hop-by-hop fields
 * @param body empty if there is none
 */
public record HTTPRequest(
    String scheme, String method, String host, String target, Headers headers, InputStream body) {}
