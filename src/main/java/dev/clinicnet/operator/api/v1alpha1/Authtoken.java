package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * When an authtoken is replaced, and how the old one is revoked. Durations are written as {@code
 * 24h} or {@code 1h30m}.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.rotationInterval) || [self.rotationInterval, self.overlap].exists(d, !d.matches(r'^"
            + Syntax.FINE_DURATION
            + "$') || d.matches(r'"
            + Syntax.TOO_LARGE
            + "')) || duration(self.overlap) < duration(self.rotationInterval)",
    fieldPath = ".rotationInterval",
    message =
        "must be longer than overlap, since an authtoken would otherwise be replaced again before"
            + " the one before it is revoked: write a longer rotationInterval, for example 2160h"
            + " (90 days), or a shorter overlap")
public record Authtoken(
    @JsonPropertyDescription(
            "How old an authtoken may become before the operator replaces it, as numbers with the"
                + " units h, m, s or ms: 2160h (90 days). Longer than overlap, at most 8760h (one"
                + " year). The site kit changes with it, so somebody or something must install it"
                + " again at the site. Absent: no scheduled rotation.")
        @Size(max = 16)
        @ValidationRule(
            value = Syntax.AT_MOST_A_YEAR,
            messageExpression =
                "self.matches(r'^"
                    + Syntax.FINE_DURATION
                    + "$') ? 'must be at most 8760h (one year): write a shorter interval, for"
                    + " example 2160h (90 days)' : 'must be numbers with the units h, m, s or ms,"
                    + " since a day has no unit: write for example 2160h (90 days)'",
            message =
                "must be numbers with the units h, m, s or ms, at most 8760h (one year): write for"
                    + " example 2160h (90 days)")
        String rotationInterval,
    @JsonPropertyDescription(
            "How long the old authtoken stays valid beside the new one, as numbers with the units"
                + " h, m, s or ms: 24h, 1h30m. At most 8760h (one year). Default: 24h.")
        @Default("24h")
        @Size(max = 16)
        @ValidationRule(
            value = Syntax.AT_MOST_A_YEAR,
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
                + " while an agent uses it and no agent uses the new one. If an agent has ever used"
                + " it, it also stays valid until an agent has used the new one. AfterOverlap: it is"
                + " revoked in any case, so a site goes offline if its technician has not installed"
                + " the new site kit. Default: WhenUnused.")
        @Default("WhenUnused")
        RevokeOld revokeOld) {

  static final Authtoken DEFAULT = new Authtoken(null, null, null);

  public Authtoken {
    overlap = overlap == null ? "24h" : overlap;
    revokeOld = revokeOld == null ? RevokeOld.WhenUnused : revokeOld;
  }
}
