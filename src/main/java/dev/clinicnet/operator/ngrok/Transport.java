package dev.clinicnet.operator.ngrok;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * Sends one request at most once. A failure says whether the request may have been sent. The
 * automatic repetitions of okhttp are off.
 */
final class Transport implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");

  /** More than a hundred objects of 64 KiB each. */
  private static final long LONGEST_ANSWER = 16L << 20;

  private final OkHttpClient client;
  private final String userAgent;

  /**
   * A transport.
   *
   * @param base the settings and threads that it shares with others
   * @param guard asked again when the connection is open, just before the request is sent
   */
  Transport(NgrokClientOptions options, WriteGuard guard, OkHttpClient base) {
    this.userAgent = options.userAgent();
    this.client =
        base.newBuilder()
            .connectionSpecs(Ciphers.connections())
            .connectTimeout(options.connectTimeout())
            .readTimeout(options.readTimeout())
            .writeTimeout(options.readTimeout())
            .callTimeout(options.callTimeout())
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .eventListener(new SendingListener())
            .addNetworkInterceptor(
                chain -> {
                  guard.confirm();
                  return withoutInvitationToRepeat(chain);
                })
            .build();
  }

  /**
   * Sends the request and returns the answer, also when its status is an error.
   *
   * @throws NoAnswer when there is none
   * @throws NgrokException when it was not sent, because this process no longer leads
   */
  Answer exchange(Outgoing outgoing, String apiKey) throws NoAnswer {
    Sending sending = new Sending();
    Request.Builder request =
        new Request.Builder()
            .url(outgoing.url())
            .method(
                outgoing.method(), outgoing.body() == null ? null : new OnceBody(outgoing.body()))
            .tag(Sending.class, sending)
            .header("Authorization", "Bearer " + apiKey)
            .header("Ngrok-Version", "2")
            .header("User-Agent", userAgent);
    try (Response response = client.newCall(request.build()).execute()) {
      if (response.body().source().request(LONGEST_ANSWER + 1)) {
        throw new IOException("answer too long");
      }
      String retryAfter = response.header("Retry-After");
      String operation = response.header("ngrok-operation-id");
      return new Answer(response.code(), response.body().string(), retryAfter, operation);
    } catch (IOException e) {
      throw new NoAnswer(reason(e, outgoing.url().host()), sending.begun.get(), e);
    }
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  private static String reason(IOException e, String host) {
    if (e instanceof UnknownHostException) {
      return "the name " + host + " cannot be resolved";
    }
    if (e instanceof ConnectException) {
      return "no connection to " + host + " can be opened";
    }
    if (e instanceof SSLException) {
      return "no secure connection to " + host + " can be opened";
    }
    if (e instanceof InterruptedIOException) {
      return host + " did not answer in time";
    }
    return "the connection to " + host + " was lost";
  }

  /** okhttp repeats a request without a body by itself on 503 with {@code Retry-After: 0}. */
  private static Response withoutInvitationToRepeat(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.code() == 503
        ? response.newBuilder().removeHeader("Retry-After").build()
        : response;
  }

  /** Whether the first byte of a request may have left. */
  private static final class Sending {
    private final AtomicBoolean begun = new AtomicBoolean();
  }

  private static final class SendingListener extends EventListener {
    @Override
    public void requestHeadersStart(Call call) {
      Sending sending = call.request().tag(Sending.class);
      if (sending != null) {
        sending.begun.set(true);
      }
    }
  }

  /** A body that okhttp never sends a second time. */
  private static final class OnceBody extends RequestBody {
    private final byte[] bytes;

    OnceBody(String json) {
      this.bytes = json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public long contentLength() {
      return bytes.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(bytes);
    }
  }
}
