package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How many requests may pass in a sliding window of time. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RateLimit(
    @JsonPropertyDescription(
            "How many requests are admitted within the window, 1 to 2000000000. Each ngrok"
                + " server counts only its own requests.")
        @Required
        @Min(1)
        @Max(2_000_000_000)
        Long requests,
    @JsonPropertyDescription(
            "The window: 60s to 24h, a multiple of 10 seconds; a number with s, m or h.")
        @Required
        @Size(max = 6)
        @ValidationRule(
            value =
                "self.matches(r'^[1-9][0-9]{0,4}(s|m|h)$') && duration(self) >= duration('60s') &&"
                    + " duration(self) <= duration('24h') && duration(self).getSeconds() % 10 =="
                    + " 0",
            message =
                "must be a multiple of 10 seconds from 60s to 24h: write for example 60s, 10m or"
                    + " 1h")
        String window,
    @JsonPropertyDescription(
            "What is counted together. ClientIP: the requests of one client address. Endpoint: all"
                + " of them. Default: ClientIP.")
        @Default("ClientIP")
        RateLimitKey by) {

  public RateLimit {
    by = by == null ? RateLimitKey.ClientIP : by;
  }
}
