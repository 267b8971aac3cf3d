package dev.clinicnet.operator.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;

/** Uploaded certificates. Private keys are neither stored nor checked against the certificate. */
final class TlsCertificates extends WritableResource {

  TlsCertificates(Account account) {
    super(
        account,
        "tls_certificates",
        "cert",
        "tls_certificates",
        Set.of(
            "id",
            "created_at",
            "description",
            "metadata",
            "subject_common_name",
            "not_before",
            "not_after",
            "serial_number"));
  }

  @Override
  BodySpec createFields() {
    return BodySpec.strings("description", "metadata", "certificate_pem", "private_key_pem");
  }

  @Override
  BodySpec patchFields() {
    return BodySpec.strings("description", "metadata");
  }

  @Override
  ObjectNode create(ObjectNode body, String base) {
    String pem = body.path("certificate_pem").asText("");
    if (!Pem.types(pem).contains("CERTIFICATE")) {
      throw SimulatorError.CERTIFICATE_MISSING.with();
    }
    ObjectNode fields = body.deepCopy();
    fields.remove("private_key_pem");
    try {
      X509Certificate certificate = Pem.certificate(pem);
      fields.put(
          "subject_common_name", Pem.commonName(certificate.getSubjectX500Principal().getName()));
      fields.put(
          "issuer_common_name", Pem.commonName(certificate.getIssuerX500Principal().getName()));
      fields.put("serial_number", certificate.getSerialNumber().toString(16));
      fields.put("not_before", Json.time(certificate.getNotBefore().toInstant()));
      fields.put("not_after", Json.time(certificate.getNotAfter().toInstant()));
    } catch (CertificateException e) {
      throw SimulatorError.CERTIFICATE_FORMAT.with();
    }
    return show(store(fields), base);
  }

  @Override
  void patch(Row row, ObjectNode body) {
    merge(row, body);
  }

  @Override
  ObjectNode render(Row row, String base) {
    ObjectNode view = head(row, base);
    copyPresent(
        row,
        view,
        "description",
        "metadata",
        "certificate_pem",
        "subject_common_name",
        "issuer_common_name",
        "serial_number",
        "not_before",
        "not_after");
    return view.putNull("issued_at");
  }
}
