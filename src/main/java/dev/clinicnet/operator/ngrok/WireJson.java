package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How the wire records look in JSON. */
final class WireJson {
  private WireJson() {}

  /**
   * A mapper of its own: names in snake case; null members are left out of requests, for the
   * platform takes an absent member for "unchanged", while empty texts and lists are sent, for they
   * clear; members that we do not know are ignored, for the platform adds some at any time
   * (documented).
   */
  static ObjectMapper mapper() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }
}
