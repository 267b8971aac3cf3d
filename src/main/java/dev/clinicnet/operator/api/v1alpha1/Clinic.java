package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One site: a network with one ngrok agent, or a redundant pair. */
@JsonClassDescription(
    "One site: a network with one ngrok agent, or a redundant pair, its domains at ngrok, and the site kit that its technician installs.")
@Group("clinicnet.dev")
@Version("v1alpha1")
@Plural("clinics")
@Singular("clinic")
@ShortNames("cl")
@Categories("clinicnet")
@ValidationRule(
    value =
        "!self.metadata.name.matches(r'^[-.a-z0-9]*[a-z0-9]$') ||"
            + " self.metadata.name.matches(r'^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$')",
    message =
        "metadata.name must be one DNS label of at most 40 characters (a-z, 0-9, '-'; no dots),"
            + " because it names the internal domain and the site kit: choose a shorter, plainer"
            + " name and give the full one in spec.displayName")
@ValidationRule(
    value =
        "(has(self.spec.internalDomain) ? self.spec.internalDomain"
            + " : self.metadata.name + '.internal')"
            + " == (has(oldSelf.spec.internalDomain) ? oldSelf.spec.internalDomain"
            + " : oldSelf.metadata.name + '.internal')",
    fieldPath = ".spec.internalDomain",
    message =
        "is immutable, because agents already bind names under it (absent means"
            + " <metadata.name>.internal): put the old value back, or create a new Clinic")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Domain", jsonPath = ".status.internalDomain")
@AdditionalPrinterColumn(
    name = "Agent",
    jsonPath = ".status.conditions[?(@.type==\"AgentOnline\")].status")
@AdditionalPrinterColumn(
    name = "Agent-Since",
    jsonPath = ".status.agents[0].startedAt",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Services",
    jsonPath = ".status.services.total",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Services-Ready",
    jsonPath = ".status.services.ready",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Accepted",
    jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Programmed",
    jsonPath = ".status.conditions[?(@.type==\"Programmed\")].status",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Domains-Ready",
    jsonPath = ".status.conditions[?(@.type==\"DomainsReady\")].status",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Site-Kit-Current",
    jsonPath = ".status.conditions[?(@.type==\"SiteKitCurrent\")].status",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Agent-Reason",
    jsonPath = ".status.conditions[?(@.type==\"AgentOnline\")].reason",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Agent-Version",
    jsonPath = ".status.agents[0].version",
    priority = 1)
@AdditionalPrinterColumn(name = "Agent-Region", jsonPath = ".status.agents[0].region", priority = 1)
@AdditionalPrinterColumn(name = "Agent-IP", jsonPath = ".status.agents[0].ip", priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
public class Clinic extends CustomResource<ClinicSpec, ClinicStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  /** None. The default looks for a constructor by reflection, and finds none in a record. */
  @Override
  protected ClinicSpec initSpec() {
    return null;
  }

  /** None, for the same reason. */
  @Override
  protected ClinicStatus initStatus() {
    return null;
  }

  @Override
  @JsonPropertyDescription("Desired state.")
  public ClinicSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("Observed state. Only the operator writes it.")
  public ClinicStatus getStatus() {
    return super.getStatus();
  }
}
