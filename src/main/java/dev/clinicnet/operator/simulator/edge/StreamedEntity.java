package dev.clinicnet.operator.simulator.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A body that is sent on piece by piece as it comes. */
final class StreamedEntity extends AbstractHttpEntity {
  private static final int PIECE = 16 * 1024;

  private final InputStream content;

  StreamedEntity(InputStream content) {
    super((ContentType) null, null, true);
    this.content = content;
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public void writeTo(OutputStream output) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
      output.write(piece, 0, read);
      output.flush();
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
