package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Uploaded certificates, and those that the platform has issued for managed domains. Private keys
 * are checked, and not stored.
 */
final class TlsCertificates extends WritableResource {
  private static final TextLimits LIMITS =
      new TextLimits(SimulatorError.CERTIFICATE_DESCRIPTION, SimulatorError.CERTIFICATE_METADATA);
  private final Map<String, Supplier<X509Certificate>> unsigned = new HashMap<>();
  private Consumer<String> gone = id -> {};

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
  ObjectNode create(ObjectNode body, String base) {
    LIMITS.check(body);
    String pem = body.path("certificate_pem").asText("");
    ObjectNode fields = body.deepCopy().put("certificate_pem", Pem.text(pem));
    fields.remove("private_key_pem");
    fields.set("members", members(pem));
    UploadedKeys.check(pem, body.path("private_key_pem").asText(""));
    return show(store(fields), base);
  }

  /**
   * Adds a certificate that the platform itself issues, and returns its id.
   *
   * @param certificate is signed when somebody looks at it, because that takes long
   */
  String issued(Supplier<X509Certificate> certificate) {
    String id = store(Json.object().put("issued_at", Json.time(account.now()))).id();
    unsigned.put(id, certificate);
    return id;
  }

  private void sign(Row row) {
    Supplier<X509Certificate> certificate = unsigned.remove(row.id());
    if (certificate != null) {
      String pem = Pem.text(certificate.get());
      row.fields().put("certificate_pem", pem).set("members", members(pem));
    }
  }

  @Override
  void patch(Row row, ObjectNode body) {
    LIMITS.check(body);
    merge(row, body);
  }

  /** Removes a certificate that the platform has issued. Uploaded certificates stay. */
  void withdraw(String id) {
    unsigned.remove(id);
    table.removeIf(row -> row.id().equals(id) && row.fields().has("issued_at"));
  }

  boolean exists(String id) {
    return table.find(id) != null;
  }

  /** Sets the listener that gets the id of each deleted certificate. */
  void gone(Consumer<String> value) {
    this.gone = value;
  }

  @Override
  void reset() {
    super.reset();
    unsigned.clear();
  }

  @Override
  void beforeDelete(Row row) {
    if (row.fields().has("issued_at")) {
      throw SimulatorError.CERTIFICATE_ISSUED.with(row.id());
    }
  }

  @Override
  void afterDelete(Row row) {
    gone.accept(row.id());
  }

  @Override
  ObjectNode render(Row row, String base) {
    sign(row);
    ObjectNode view = head(row, base);
    copyPresent(row, view, "description", "metadata", "certificate_pem");
    view.set("issued_at", row.fields().get("issued_at"));
    return view.setAll((ObjectNode) row.fields().get("members"));
  }

  @Override
  ObjectNode stored(ObjectNode shown) {
    ObjectNode fields = super.stored(shown);
    if (!fields.hasNonNull("issued_at")) {
      fields.remove("issued_at");
    }
    fields.set("members", members(shown.path("certificate_pem").asText("")));
    return fields;
  }

  private static ObjectNode members(String pem) {
    if (!Pem.types(pem).contains("CERTIFICATE")) {
      if (Pem.types(pem).stream().anyMatch(type -> type.endsWith("PRIVATE KEY"))) {
        throw SimulatorError.CERTIFICATE_IS_KEY.with();
      }
      throw SimulatorError.CERTIFICATE_MISSING.with();
    }
    try {
      return CertificateMembers.server(Pem.certificate(pem));
    } catch (CertificateException e) {
      throw SimulatorError.CERTIFICATE_FORMAT.with();
    }
  }
}
