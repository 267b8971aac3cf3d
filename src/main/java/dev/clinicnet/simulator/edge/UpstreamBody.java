package dev.clinicnet.simulator.edge;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.Header;

/** A response's body as an upstream sends it. Its close also closes the connection. */
final class UpstreamBody extends FilterInputStream {
  private final Runnable close;
  private final Supplier<List<? extends Header>> trailers;

  /**
   * A body.
   *
   * @param trailers the fields after it, which are known when it was read to its end
   */
  UpstreamBody(InputStream content, Runnable close, Supplier<List<? extends Header>> trailers) {
    super(content);
    this.close = close;
    this.trailers = trailers;
  }

  /** The fields after it, without those for one connection alone. It must have been read. */
  List<? extends Header> trailers() {
    return trailers.get().stream().filter(field -> !HopByHop.isOne(field.getName())).toList();
  }

  @Override
  public void close() throws IOException {
    close.run();
  }
}
