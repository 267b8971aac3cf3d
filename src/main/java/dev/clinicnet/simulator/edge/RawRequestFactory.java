package dev.clinicnet.simulator.edge;

import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Keeps a request's target as it was sent, also where it reads like a URI with a host. */
final class RawRequestFactory implements HttpRequestFactory<ClassicHttpRequest> {

  @Override
  public ClassicHttpRequest newHttpRequest(String method, String target) {
    ClassicHttpRequest request = new BasicClassicHttpRequest(method, "/");
    request.setPath(target);
    return request;
  }

  @Override
  public ClassicHttpRequest newHttpRequest(String method, URI target) {
    return newHttpRequest(method, target.toString());
  }
}
