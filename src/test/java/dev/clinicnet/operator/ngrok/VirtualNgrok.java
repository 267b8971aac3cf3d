package dev.clinicnet.operator.ngrok;

import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;

/** The client of the operator in a time without threads: to wait is to let the time pass. */
public final class VirtualNgrok {
  private static final URI URL = URI.create("http://127.0.0.1:80");

  private VirtualNgrok() {}

  /**
   * A budget in that time.
   *
   * @param sleep lets the time pass
   */
  public static Budget budget(BudgetOptions options, AccountTime time, Consumer<Duration> sleep) {
    return new Budget(
        options, time, (changed, wait) -> sleep.accept(Duration.ofNanos(Math.max(1, wait))));
  }

  /**
   * The settings that all clients share.
   *
   * @param sockets the sockets
   */
  public static OkHttpClient base(SocketFactory sockets) {
    return new OkHttpClient.Builder()
        .socketFactory(sockets)
        .proxy(Proxy.NO_PROXY)
        .fastFallback(false)
        .build();
  }

  /** A client of the real one's code. */
  public static OkHttpNgrokApi client(
      String apiKey, Budget budget, WriteGuard guard, OkHttpClient base, Consumer<Duration> sleep) {
    NgrokClientOptions options = NgrokClientOptions.of(URL, () -> apiKey);
    return new OkHttpNgrokApi(
        options,
        budget,
        guard,
        RequestObserver.NONE,
        repetition -> sleep.accept(Duration.ofMillis(300L * repetition)),
        base);
  }
}
