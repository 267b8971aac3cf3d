package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Opens an on-demand ClinicService for a limited time, and stays as a record afterwards. */
@JsonClassDescription(
    "Opens an on-demand ClinicService for a limited time, and stays as a record" + " afterwards.")
@Group("clinicnet.dev")
@Version("v1alpha1")
@Plural("clinicsessions")
@Singular("clinicsession")
@ShortNames("csn")
@Categories("clinicnet")
@AdditionalSelectableField(jsonPath = ".spec.serviceRef.name")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Service", jsonPath = ".spec.serviceRef.name")
@AdditionalPrinterColumn(name = "Public-URL", jsonPath = ".status.publicURL")
@AdditionalPrinterColumn(
    name = "Agent",
    jsonPath = ".status.conditions[?(@.type==\"AgentOnline\")].status")
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".status.expiresAt")
@AdditionalPrinterColumn(name = "By", jsonPath = ".status.openedBy")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Why", jsonPath = ".spec.reason", priority = 1)
@AdditionalPrinterColumn(name = "Closed-At", jsonPath = ".status.closedAt", priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public class ClinicSession extends CustomResource<ClinicSessionSpec, ClinicSessionStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** None. The default looks for a constructor by reflection, and finds none in a record. */
  @Override
  protected ClinicSessionSpec initSpec() {
    return null;
  }

  /** None, for the same reason. */
  @Override
  protected ClinicSessionStatus initStatus() {
    return null;
  }

  @Override
  @Required
  @JsonPropertyDescription("Desired state. Immutable.")
  public ClinicSessionSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("Observed state. Only the operator writes it.")
  public ClinicSessionStatus getStatus() {
    return super.getStatus();
  }
}
