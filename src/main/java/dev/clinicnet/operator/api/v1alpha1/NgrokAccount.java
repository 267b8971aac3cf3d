package dev.clinicnet.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** An ngrok account, and what each namespace may hold in it. */
@JsonClassDescription(
    "An ngrok account, and what each namespace may hold in it. An administrator writes it. The account named 'default' is that of the operator's own API key. Without any grant in it, every namespace is trusted. Others have their keys in Secrets, and need grants.")
@Group("clinicnet.dev")
@Version("v1alpha1")
@Plural("ngrokaccounts")
@Singular("ngrokaccount")
@ShortNames("nga")
@Categories("clinicnet")
@AdditionalPrinterColumn(
    name = "Accepted",
    jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Accepted\")].reason")
@AdditionalPrinterColumn(
    name = "Grants",
    jsonPath = ".status.total.grants",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Namespaces",
    jsonPath = ".status.total.namespaces",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Clinics",
    jsonPath = ".status.total.clinics",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Services",
    jsonPath = ".status.total.services",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Accepted\")].message",
    priority = 1)
public class NgrokAccount extends CustomResource<NgrokAccountSpec, NgrokAccountStatus> {
  private static final long serialVersionUID = 1L;

  /** The name of the account of the operator's own API key. */
  public static final String DEFAULT = "default";

  @Override
  @JsonPropertyDescription("Desired state.")
  public NgrokAccountSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What the operator knows. Only the operator writes it.")
  public NgrokAccountStatus getStatus() {
    return super.getStatus();
  }
}
