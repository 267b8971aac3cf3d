package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One server at a site, and how clients can reach it from outside. */
@JsonClassDescription("One server at a site, and how clients can reach it from outside.")
@Group("clinicnet.dev")
@Version("v1alpha1")
@Plural("clinicservices")
@Singular("clinicservice")
@ShortNames("csvc")
@Categories("clinicnet")
@ValidationRule(
    value =
        "!self.metadata.name.matches(r'^[-.a-z0-9]*[a-z0-9]$')"
            + " || self.metadata.name.matches(r'^"
            + Syntax.LABEL
            + "$')",
    message =
        "metadata.name must be one DNS label of at most 63 characters (a-z, 0-9, '-'; no dots),"
            + " because it becomes the first label of the internal host: replace dots by '-'")
@AdditionalSelectableField(jsonPath = ".spec.clinicRef.name")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Clinic", jsonPath = ".spec.clinicRef.name")
@AdditionalPrinterColumn(name = "Public-URL", jsonPath = ".status.publicURL")
@AdditionalPrinterColumn(
    name = "Agent",
    jsonPath = ".status.conditions[?(@.type==\"AgentOnline\")].status")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Internal-URL", jsonPath = ".status.internalURL", priority = 1)
@AdditionalPrinterColumn(name = "Availability", jsonPath = ".spec.availability", priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public class ClinicService extends CustomResource<ClinicServiceSpec, ClinicServiceStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** None. The default looks for a constructor by reflection, and finds none in a record. */
  @Override
  protected ClinicServiceSpec initSpec() {
    return null;
  }

  /** None, for the same reason. */
  @Override
  protected ClinicServiceStatus initStatus() {
    return null;
  }

  @Override
  @Required
  @JsonPropertyDescription("Desired state.")
  public ClinicServiceSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("Observed state. Only the operator writes it.")
  public ClinicServiceStatus getStatus() {
    return super.getStatus();
  }
}
