package dev.clinicnet.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what a client changes. A write without an effect counts too, although the API server does
 * not show it afterwards.
 */
final class KubernetesWrites implements Interceptor {
  private final AtomicInteger count = new AtomicInteger();

  /** A new client whose writes are counted here. */
  KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new OkHttpClientFactory())
        .withHttpClientBuilderConsumer(
            builder -> builder.addOrReplaceInterceptor("count-writes", this))
        .withConfig(config)
        .build();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!request.method().equals("GET")) {
      count.incrementAndGet();
    }
  }

  int count() {
    return count.get();
  }
}
