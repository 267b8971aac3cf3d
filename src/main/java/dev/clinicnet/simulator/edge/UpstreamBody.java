package dev.clinicnet.simulator.edge;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A response's body as an upstream sends it. Its close also closes the connection. */
final class UpstreamBody extends FilterInputStream {
  private final Runnable close;

  UpstreamBody(InputStream content, Runnable close) {
    super(content);
    this.close = close;
  }

  @Override
  public void close() throws IOException {
    close.run();
  }
}
