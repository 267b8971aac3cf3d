package dev.clinicnet.operator.agentapi;

import dev.clinicnet.operator.config.EdgeAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Makes clients for the APIs of agents. Safe for threads. */
public final class AgentApis implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(15);

  private final Optional<String> authorities;
  private final String userAgent;
  private final OkHttpClient client;

  /**
   * Clients that reach all agents in the same way.
   *
   * @param edge the edge of a test; empty: DNS gives the addresses of public hosts
   * @param userAgent the value of the header
   */
  public AgentApis(Optional<EdgeAddress> edge, String userAgent) {
    this(edge, userAgent, CONNECT, CALL);
  }

  AgentApis(Optional<EdgeAddress> edge, String userAgent, Duration connect, Duration call) {
    this.authorities = edge.flatMap(EdgeAddress::authorities);
    this.userAgent = userAgent;
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(connect)
            .readTimeout(call)
            .writeTimeout(call)
            .callTimeout(call)
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .protocols(List.of(Protocol.HTTP_1_1))
            // There are thousands of agents with one or two calls each, so no connection is kept.
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS));
    edge.ifPresent(
        place -> {
          InetAddress address = place.address().getAddress();
          builder.dns(host -> List.of(address));
          builder.socketFactory(new EdgeSockets(place.address()));
        });
    this.client = builder.build();
  }

  /** The API of one agent. */
  public AgentApi of(AgentLogin login) {
    MutualTLS tls = MutualTLS.of(login.identity(), authorities);
    OkHttpClient own = client.newBuilder().sslSocketFactory(tls.sockets(), tls.trust()).build();
    return new OkHttpAgentApi(new AgentTransport(own, login, userAgent));
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
