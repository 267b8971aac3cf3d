package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which TCP addresses services may have. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AddressGrant(
    @JsonPropertyDescription(
            "true: services may have addresses reserved by spec.expose.tcp.region. Default: false.")
        @Default("false")
        boolean reserve,
    @JsonPropertyDescription(
            "Reserved addresses that services may use by spec.expose.tcp.address, for example"
                + " 1.tcp.ngrok.io:20000. At most 32. Absent: none.")
        @Size(max = 32)
        @ItemRule(value = Syntax.ADDRESS_RULE, message = Syntax.ADDRESS_MESSAGE)
        List<@Size(max = 259) String> existing) {

  static final AddressGrant NONE = new AddressGrant(false, null);

  public AddressGrant {
    existing = existing == null ? List.of() : List.copyOf(existing);
  }
}
