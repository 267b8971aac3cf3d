package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How a replaced authtoken is revoked. Durations are written as {@code 24h} or {@code 1h30m}. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Authtoken(
    @JsonPropertyDescription(
            "How long the old authtoken stays valid beside the new one, as numbers with the units"
                + " h, m, s or ms: 24h, 1h30m. At most 8760h (one year). Default: 24h.")
        @Default("24h")
        @Size(max = 16)
        @ValidationRule(
            value =
                "self.matches(r'^"
                    + Syntax.FINE_DURATION
                    + "$') && "
                    + Syntax.READABLE
                    + " && duration(self) <= duration('8760h')",
            messageExpression =
                "self.matches(r'^"
                    + Syntax.FINE_DURATION
                    + "$') ? 'must be at most 8760h (one year): write a shorter overlap, for"
                    + " example 24h' : 'must be numbers with the units h, m, s or ms, since a day"
                    + " has no unit: write for example 24h or 1h30m; seven days are 168h'",
            message =
                "must be numbers with the units h, m, s or ms, at most 8760h (one year): write for"
                    + " example 24h or 1h30m; seven days are 168h")
        String overlap,
    @JsonPropertyDescription(
            "When the old authtoken is revoked after its overlap. WhenUnused: it stays valid"
                + " while an agent uses it and no agent uses the new one. AfterOverlap: it is"
                + " revoked in any case, so a site goes offline if its technician has not installed"
                + " the new site kit. Default: WhenUnused.")
        @Default("WhenUnused")
        RevokeOld revokeOld) {

  static final Authtoken DEFAULT = new Authtoken(null, null);

  public Authtoken {
    overlap = overlap == null ? "24h" : overlap;
    revokeOld = revokeOld == null ? RevokeOld.WhenUnused : revokeOld;
  }
}
