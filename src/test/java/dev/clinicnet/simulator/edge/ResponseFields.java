package dev.clinicnet.simulator.edge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/** The header fields of a response, by name in lower case; the last of a name counts. */
final class ResponseFields {
  private ResponseFields() {}

  static Map<String, String> of(HttpResponse response) {
    return Arrays.stream(response.getHeaders())
        .collect(
            Collectors.toMap(
                header -> header.getName().toLowerCase(Locale.ROOT),
                Header::getValue,
                (first, last) -> last));
  }
}
