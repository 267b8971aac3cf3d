package dev.clinicnet.operator.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.policy.PolicyText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A traffic policy or an agent's configuration in a form that may be shown: without the secrets
 * that it may have.
 */
public final class PolicyDisplay {
  static final String SECRET = "(secret)";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper YAML =
      new YAMLMapper()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER);

  private static final Pattern SECRET_MEMBER =
      Pattern.compile(
          "(?i).*(secret|password|passwd|passphrase|pass|pwd|credentials?|creds?|token|signature"
              + "|authorization|cookie|[-_]auth|(api|access|private|shared|signing|functions?|master)"
              + "[-_]?key)|sig|pin");

  private static final String CREDENTIALS = "credentials";
  private static final Pattern VAULT_REFERENCE =
      Pattern.compile("\\$\\{secrets\\.get\\([^(){}]*\\)\\}");
  private static final Pattern CERTIFICATE =
      Pattern.compile("(?s)-----BEGIN CERTIFICATE-----.*-----END CERTIFICATE-----\\s*");
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*");
  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(bearer|basic|token|digest|hmac)\\s+[A-Za-z0-9._~+/=-]{8,}");
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s]*:\\S*(?=@)");

  /** A parameter of a URL, or a member of a JSON text, that is named like a secret. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:[?&][^=&\\s]*(?:token|sig|key|code|secret|pass|pwd)[^=&\\s]*=)"
              + "|(?:\"[^\"]*(?:token|sig|key|secret|pass|pwd|credential)[^\"]*\"\\s*:\\s*\"))"
              + "(?!\\$\\{)[^&\\s\"#]+");

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:[A-Za-z0-9]{20,30}_[A-Za-z0-9][A-Za-z0-9_-]{14,}"
              + "|ngrok_pat_[A-Za-z0-9_-]+)");

  private PolicyDisplay() {}

  /** Whether a policy has something that looks like a secret. It says yes where it is in doubt. */
  public static boolean hidesSecrets(String policy) {
    return lines(policy).stream().anyMatch(line -> line.contains(SECRET));
  }

  /** The lines of the policy, with members in order of their names. */
  static List<String> lines(String policy) {
    if (policy == null) {
      return List.of();
    }
    return PolicyText.read(policy)
        .filter(JsonNode::isContainerNode)
        .map(tree -> print(JSON, shown(tree, false)))
        .orElse(List.of("(unreadable, " + policy.length() + " characters)"));
  }

  /**
   * The lines of an agent's configuration, without the metadata, which follow from the other lines.
   */
  static List<String> configuration(String yaml) {
    ObjectNode tree = (ObjectNode) PolicyText.read(yaml).orElseThrow();
    ((ObjectNode) tree.path("agent")).remove("metadata");
    return print(YAML, shown(tree, false));
  }

  private static List<String> print(ObjectMapper mapper, Object tree) {
    try {
      return mapper.writeValueAsString(tree).lines().toList();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts are always JSON", e);
    }
  }

  private static Object shown(JsonNode node, boolean secret) {
    if (node.isObject()) {
      Map<String, Object> members = new TreeMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), shown(member, secret)));
      return members;
    }
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(shown(item, secret)));
      return items;
    }
    if (secret && node.isValueNode() && !node.isNull() && !node.isBoolean()) {
      return hidden(node.asText());
    }
    return node.isTextual() ? text(node.textValue()) : node;
  }

  private static Object shown(Map.Entry<String, JsonNode> member, boolean secret) {
    if (member.getKey().equals(CREDENTIALS) && member.getValue().isArray()) {
      List<String> credentials = new ArrayList<>();
      member.getValue().forEach(item -> credentials.add(credential(item.asText())));
      return credentials;
    }
    return shown(member.getValue(), secret || SECRET_MEMBER.matcher(member.getKey()).matches());
  }

  /** Basic-auth credentials are user:password, and the user may be shown. */
  private static String credential(String text) {
    int colon = text.indexOf(':');
    return colon > 0
        ? text.substring(0, colon + 1) + hidden(text.substring(colon + 1))
        : hidden(text);
  }

  /** A reference reveals nothing, unless there is other text beside it. */
  private static String hidden(String text) {
    return VAULT_REFERENCE.matcher(text).matches() ? text : SECRET;
  }

  /** A text without the secrets that it may have. */
  static String text(String text) {
    if (CERTIFICATE.matcher(text).matches()) {
      return "(certificates, sha256 " + fingerprint(text) + ")";
    }
    String shown = PRIVATE_KEY.matcher(text).replaceAll(SECRET);
    shown = SCHEME.matcher(shown).replaceAll("$1 " + SECRET);
    shown = NAMED.matcher(shown).replaceAll("$1" + SECRET);
    shown = USER_INFO.matcher(shown).replaceAll(SECRET);
    return TOKEN.matcher(shown).replaceAll(SECRET);
  }

  private static String fingerprint(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
