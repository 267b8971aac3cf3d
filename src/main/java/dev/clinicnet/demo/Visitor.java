package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A client on the internet at one address, without a certificate and without a login. */
public final class Visitor {
  private static final String CLOSED = "closed";
  private static final int TIMEOUT_MILLIS = 10_000;

  private final JsonNode edge;

  Visitor(SimulatorControl control, String address) {
    this.edge = control.edge(address);
  }

  /** The status of a GET, or the way in which the connection has ended. */
  String get(String url, String path) {
    OkHttpClient client = client();
    // The host is the public one, for TLS and for the request. Only the port differs.
    Request request = new Request.Builder().url(url + ":" + address(url).getPort() + path).build();
    try (Response response = client.newCall(request).execute()) {
      return Integer.toString(response.code());
    } catch (SSLException e) {
      return String.valueOf(e.getMessage()).contains("certificate")
          ? "certificate required"
          : CLOSED;
    } catch (IOException e) {
      return CLOSED;
    } finally {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  /** The first byte that a TCP service sends, or the way in which the connection has ended. */
  String connect(String url) {
    URI address = address(url);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      int first = socket.getInputStream().read();
      return first < 0 ? CLOSED : String.valueOf((char) first);
    } catch (IOException e) {
      return CLOSED;
    }
  }

  private URI address(String url) {
    for (JsonNode endpoint : edge.path("endpoints")) {
      if (endpoint.path("url").asText().equals(url)) {
        return URI.create("tcp://" + endpoint.path("address").asText());
      }
    }
    throw new DemoFailure(List.of("The simulator's edge does not serve " + url + "."));
  }

  private OkHttpClient client() {
    try (var pem =
        new ByteArrayInputStream(
            edge.path("certificate_authority").asText().getBytes(StandardCharsets.US_ASCII))) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "edge", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      X509TrustManager manager = (X509TrustManager) trust.getTrustManagers()[0];
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return new OkHttpClient.Builder()
          .dns(host -> List.of(InetAddress.getLoopbackAddress()))
          .sslSocketFactory(context.getSocketFactory(), manager)
          .followRedirects(false)
          .build();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the edge's authority cannot be trusted", e);
    }
  }
}
