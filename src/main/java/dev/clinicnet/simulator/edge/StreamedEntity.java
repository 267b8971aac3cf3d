package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A body that is passed on in pieces as it arrives. */
final class StreamedEntity extends AbstractHttpEntity {
  private static final int PIECE = 16 * 1024;

  private final InputStream content;
  private final Runnable broken;

  /**
   * A body.
   *
   * @param broken cuts the connection of the receiver when the body ends too early, because the
   *     receiver would otherwise take the part for the whole
   */
  StreamedEntity(InputStream content, Runnable broken) {
    super((ContentType) null, null, true);
    this.content = content;
    this.broken = broken;
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  /** The fields after it, which only a body in chunks can have. */
  @Override
  public Supplier<List<? extends Header>> getTrailers() {
    return content instanceof UpstreamBody upstream ? upstream::trailers : null;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public void writeTo(OutputStream output) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int read = read(piece); read >= 0; read = read(piece)) {
      output.write(piece, 0, read);
      output.flush();
    }
  }

  private int read(byte[] piece) throws IOException {
    try {
      return content.read(piece);
    } catch (IOException e) {
      broken.run();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
