package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ListMap;
import java.util.List;

/** The observed state of an ngrok account. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NgrokAccountStatus(
    @JsonPropertyDescription(
            "The metadata.generation that this status was computed from. -1 until the operator has"
                + " looked at the object.")
        Long observedGeneration,
    @JsonPropertyDescription("Whether the account is used.") @ListMap(key = "type")
        List<Condition> conditions,
    @JsonPropertyDescription("How many objects use each grant, in the order of spec.grants.")
        @ListMap(key = "name")
        List<GrantStatus> grants,
    @JsonPropertyDescription("The sums over all grants.") GrantTotals total) {

  public NgrokAccountStatus {
    observedGeneration = ObservedGeneration.orNull(observedGeneration);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    grants = grants == null ? List.of() : List.copyOf(grants);
  }
}
