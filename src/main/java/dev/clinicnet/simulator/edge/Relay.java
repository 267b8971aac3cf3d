package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/**
 * Carries bytes in both directions until both sides have ended. One side may end before the other.
 */
final class Relay {
  private static final int BUFFER = 16 * 1024;

  private final Wire client;
  private final Wire upstream;

  Relay(Wire client, Wire upstream) {
    this.client = client;
    this.upstream = upstream;
  }

  /** Returns when both directions have ended. */
  void run(Executor threads) throws IOException {
    client.timeout(0);
    upstream.timeout(0);
    CountDownLatch answered = new CountDownLatch(1);
    threads.execute(
        () -> {
          carry(upstream, client);
          answered.countDown();
        });
    carry(client, upstream);
    try {
      answered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      client.close();
      upstream.close();
    }
  }

  private void carry(Wire from, Wire to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream input = from.input();
      OutputStream output = to.output();
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        output.write(buffer, 0, read);
        output.flush();
      }
      to.endOutput();
    } catch (IOException e) {
      // One side has failed, so bytes of the other side cannot be delivered.
      client.cut();
      upstream.cut();
    }
  }
}
