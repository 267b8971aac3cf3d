package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.clinicnet.operator.api.schema.ItemRule;
import dev.clinicnet.operator.api.schema.MayBeEmptied;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Which namespaces a grant is for. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "(has(self.names) && self.names.size() > 0)"
            + " || (has(self.matchLabels) && self.matchLabels.size() > 0)",
    message =
        "must select something: list names, or labels under matchLabels (the label"
            + " kubernetes.io/metadata.name is on every namespace)")
public record NamespaceSelection(
    @JsonPropertyDescription("Namespaces by their names. At most 100. Absent: none by name.")
        @Size(max = 100)
        @ItemRule(
            value = "self.matches(r'^" + Syntax.LABEL + "$')",
            message =
                "must be the name of a namespace (a-z, 0-9, '-'; at most 63 characters): patterns"
                    + " are not allowed here, use matchLabels for many")
        List<@Size(max = 63) String> names,
    @JsonPropertyDescription(
            "Namespaces that carry all of these labels, besides those listed by name. A user"
                + " who may change the labels of a namespace can give it this grant. At most 10."
                + " Absent: none by label.")
        @Size(max = 10)
        @MayBeEmptied
        Map<String, String> matchLabels) {

  public NamespaceSelection {
    names = names == null ? List.of() : List.copyOf(names);
    matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
  }
}
