package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Certificate authorities for mutual TLS. */
final class CertificateAuthorities extends WritableResource {
  private static final TextLimits LIMITS =
      new TextLimits(SimulatorError.CA_DESCRIPTION, SimulatorError.CA_METADATA);

  CertificateAuthorities(Account account) {
    super(
        account,
        "certificate_authorities",
        "ca",
        "certificate_authorities",
        Set.of(
            "id",
            "created_at",
            "description",
            "metadata",
            "subject_common_name",
            "not_before",
            "not_after"));
  }

  /** The certificate; empty when there is none with the id. */
  Optional<String> pem(String id) {
    return Optional.ofNullable(table.find(id)).map(row -> row.text("ca_pem"));
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata", "ca_pem");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    LIMITS.check(body);
    String pem = body.path("ca_pem").asText("");
    ObjectNode fields = body.deepCopy().put("ca_pem", Pem.text(pem));
    fields.set("members", members(check(pem)));
    return show(store(fields), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    LIMITS.check(body);
    merge(row, body);
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata", "ca_pem");
    return view.setAll((ObjectNode) row.fields().get("members"));
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    ObjectNode fields = super.stored(shown);
    fields.set("members", members(check(shown.path("ca_pem").asText(""))));
    return fields;
  }

  private static ObjectNode members(X509Certificate certificate) {
    try {
      return CertificateMembers.authority(certificate);
    } catch (CertificateException e) {
      throw SimulatorError.CERTIFICATE_FORMAT.with();
    }
  }

  private static X509Certificate check(String pem) {
    if (pem.isBlank()) {
      throw SimulatorError.CA_MISSING.with();
    }
    List<String> types = Pem.types(pem);
    if (types.isEmpty()) {
      throw SimulatorError.CA_NOT_PEM.with();
    }
    if (!types.get(0).equals("CERTIFICATE")) {
      throw SimulatorError.CA_TYPE.with(types.get(0));
    }
    if (types.size() > 1) {
      throw SimulatorError.CA_SEVERAL.with(types.size());
    }
    X509Certificate certificate;
    try {
      certificate = Pem.certificate(pem);
    } catch (CertificateException e) {
      throw SimulatorError.CERTIFICATE_FORMAT.with();
    }
    if (certificate.getBasicConstraints() < 0) {
      throw SimulatorError.CA_CONSTRAINTS.with();
    }
    return certificate;
  }
}
