package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinicnet.operator.config.JsonBuffers;

/** The JSON form of the wire records. */
final class WireJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(JsonBuffers.factory())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private WireJson() {}

  /**
   * The mapper writes names in snake case. It leaves null members out of requests, because the
   * platform reads an absent member as "unchanged". It sends empty texts and lists, because they
   * clear a member. It ignores unknown members of answers, because the platform may add some at any
   * time (documented). It is made once, because it learns the records with the first request, and
   * there is a client for each account.
   */
  static ObjectMapper mapper() {
    return MAPPER;
  }
}
