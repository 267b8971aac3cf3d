package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The limits for sessions of an on-demand service. Durations are written as {@code 1h30m}. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OnDemand(
    @JsonPropertyDescription(
            "What a session opens. CloudEndpoint: the public endpoint; the agent binds the"
                + " internal one all the time. AgentAPI: the internal endpoint too, through the"
                + " agent's API, so that nothing of the service is bound between sessions; needs"
                + " the Clinic's spec.agent.api, and cannot be combined with spec.agent.redundant:"
                + " true. Default: CloudEndpoint.")
        @Default("CloudEndpoint")
        Via via,
    @JsonPropertyDescription(
            "The longest spec.duration of a session, as numbers with the units h, m and s: 8h,"
                + " 1h30m. From 1s to 168h (one week). Default: 8h.")
        @Default("8h")
        @Size(max = 16)
        @ValidationRule(
            value =
                "self.matches(r'^"
                    + Syntax.DURATION
                    + "$') && "
                    + Syntax.READABLE
                    + " && duration(self) >= duration('1s') && duration(self) <= duration('168h')",
            messageExpression =
                "self.matches(r'^"
                    + Syntax.DURATION
                    + "$') ? 'must be from 1s to 168h (one week): write for example 8h' : 'must be"
                    + " numbers with the units h, m and s, since a day has no unit: write for"
                    + " example 8h or 1h30m; one day is 24h'",
            message =
                "must be numbers with the units h, m and s, from 1s to 168h (one week): write for"
                    + " example 8h or 1h30m; one day is 24h")
        String maxDuration,
    @JsonPropertyDescription("true: a session without spec.reason is refused. Default: false.")
        @Default("false")
        boolean reasonRequired) {

  /** The defaults. */
  public static final OnDemand DEFAULT = new OnDemand(null, null, false);

  public OnDemand {
    via = via == null ? Via.CloudEndpoint : via;
    maxDuration = maxDuration == null ? "8h" : maxDuration;
  }
}
