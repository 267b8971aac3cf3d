package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ListMap;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The settings of an administrator for one ngrok account. Null members mean their default. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NgrokAccountSpec(
    @JsonPropertyDescription(
            "Where the account's API key is: one key of a Secret in the operator's own namespace."
                + " A replaced key takes effect within seconds. Every account but 'default' needs"
                + " it; 'default' has the key that the operator was started with.")
        APIKeySecretRef apiKeySecretRef,
    @JsonPropertyDescription(
            "What the namespaces may hold in this account. Several grants for one namespace add"
                + " up. With the first grant, everything that is not granted is refused. At most"
                + " 64; no name twice. Absent or empty: in the account 'default', every namespace is"
                + " trusted; in another one, none.")
        @Size(max = 64)
        @ListMap(key = "name")
        List<NamespaceGrant> grants,
    @JsonPropertyDescription(
            "What happens to public endpoints when their objects are no longer granted."
                + " Retain: they stay as they are. Close: the operator deletes them. Addresses,"
                + " domains and site kits stay in both cases. Default: Retain.")
        @Default("Retain")
        OnRevoked onRevoked) {

  public NgrokAccountSpec {
    grants = grants == null ? List.of() : List.copyOf(grants);
    onRevoked = onRevoked == null ? OnRevoked.Retain : onRevoked;
  }
}
