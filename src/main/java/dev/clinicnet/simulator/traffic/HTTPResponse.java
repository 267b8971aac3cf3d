package dev.clinicnet.simulator.traffic;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A response on its way to the client.
 *
 * @param headers without hop-by-hop fields
 */
public record HTTPResponse(int status, Headers headers, InputStream body) {

  /** A response without a body. */
  public static HTTPResponse empty(int status) {
    return new HTTPResponse(status, new Headers(), InputStream.nullInputStream());
  }

  /** A response of plain text. */
  public static HTTPResponse text(int status, String text) {
    return new HTTPResponse(
        status,
        new Headers().add("Content-Type", "text/plain; charset=utf-8"),
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
