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
    @JsonPropertyDescription(
            "The operator that writes this status. If several operators watch some namespaces each,"
                + " it is one of them, and the status tells what this one sees. Another one takes"
                + " over if none of the namespaces of this one has a grant here, or if a change of"
                + " the spec is not looked at within a minute.")
        AccountOperator operator,
    @JsonPropertyDescription(
            "How many objects use each grant, in the order of spec.grants. Clinics and"
                + " ClinicServices are counted in the namespaces that status.operator watches.")
        @ListMap(key = "name")
        List<GrantStatus> grants,
    @JsonPropertyDescription("The sums over all grants.") GrantTotals total) {

  public NgrokAccountStatus {
    observedGeneration = ObservedGeneration.orNull(observedGeneration);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    grants = grants == null ? List.of() : List.copyOf(grants);
  }
}
