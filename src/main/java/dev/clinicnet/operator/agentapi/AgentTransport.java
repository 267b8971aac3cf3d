package dev.clinicnet.operator.agentapi;

import dev.clinicnet.operator.agent.AgentAPIAccess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Sends one request to an agent, and reads the answer, from the agent or from ngrok. */
final class AgentTransport {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final String PLATFORM_CODE = "Ngrok-Error-Code";
  private static final long LONGEST_ANSWER = 1L << 20;

  private final OkHttpClient client;
  private final String host;
  private final String authorization;
  private final String userAgent;

  AgentTransport(OkHttpClient client, AgentLogin login, String userAgent) {
    this.client = client;
    this.host = login.host();
    this.authorization = Credentials.basic(AgentAPIAccess.USER, login.password().reveal());
    this.userAgent = userAgent;
  }

  /** The public host that leads to the agent. */
  String host() {
    return host;
  }

  /**
   * Sends the request and returns the answer, also when its status is an error.
   *
   * @param path below {@code /api}, each segment as it is
   * @param body JSON; null for none
   * @throws AgentApiException when there is no answer
   */
  AgentAnswer exchange(String method, String[] path, String body) {
    HttpUrl.Builder url = new HttpUrl.Builder().scheme("https").host(host).addPathSegment("api");
    for (String segment : path) {
      url.addPathSegment(segment);
    }
    Request request =
        new Request.Builder()
            .url(url.build())
            .method(
                method,
                body == null
                    ? null
                    : RequestBody.create(body.getBytes(StandardCharsets.UTF_8), JSON))
            .header("Authorization", authorization)
            .header("User-Agent", userAgent)
            .build();
    try (Response response = client.newCall(request).execute()) {
      if (response.body().source().request(LONGEST_ANSWER + 1)) {
        throw new IOException("answer too long");
      }
      return new AgentAnswer(
          response.code(), response.header(PLATFORM_CODE), response.body().string());
    } catch (IOException e) {
      throw noAnswer(e);
    }
  }

  private AgentApiException noAnswer(IOException e) {
    if (e instanceof UnknownHostException) {
      return unreachable("the name cannot be resolved");
    }
    if (e instanceof ConnectException) {
      return unreachable("no connection can be opened");
    }
    if (e instanceof InterruptedIOException) {
      return unreachable("it did not answer in time");
    }
    String message = String.valueOf(e.getMessage());
    if (e instanceof SSLException && message.contains("fatal alert")) {
      return new AgentApiException(
          AgentApiFailure.REFUSED,
          "the endpoint at " + host + " does not take the operator's certificate");
    }
    if (e instanceof SSLException && !message.contains("terminated")) {
      return unreachable("no secure connection can be opened; has its domain a certificate?");
    }
    return unreachable(
        "the connection was closed; does spec.agent.api.allowCIDRs admit this cluster?");
  }

  private AgentApiException unreachable(String why) {
    return new AgentApiException(
        AgentApiFailure.UNREACHABLE, "the agent's API at " + host + " cannot be reached: " + why);
  }
}
