package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The objects at ngrok without a mark that may be taken over. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AdoptionGrant(
    @JsonPropertyDescription(
            "Existing domains, and hosts of existing endpoints. Name patterns as in domains. At"
                + " most 32. Absent: none.")
        @Size(max = 32)
        @ItemRule(
            value = Syntax.NAME_PATTERN_RULE,
            messageExpression = Syntax.NAME_PATTERN_WORDS,
            message = Syntax.NAME_PATTERN_MESSAGE)
        List<@Size(max = 253) String> names,
    @JsonPropertyDescription(
            "TCP addresses on which existing endpoints listen, for example 1.tcp.ngrok.io:20000. At"
                + " most 32. Absent: none.")
        @Size(max = 32)
        @ItemRule(value = Syntax.ADDRESS_RULE, message = Syntax.ADDRESS_MESSAGE)
        List<@Size(max = 259) String> addresses,
    @JsonPropertyDescription(
            "true: an adopted object is deleted at ngrok when its Kubernetes object is"
                + " deleted, like an object that the operator created. false: it stays at ngrok."
                + " Default: false.")
        @Default("false")
        boolean release) {

  static final AdoptionGrant NONE = new AdoptionGrant(null, null, false);

  public AdoptionGrant {
    names = names == null ? List.of() : List.copyOf(names);
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
  }
}
