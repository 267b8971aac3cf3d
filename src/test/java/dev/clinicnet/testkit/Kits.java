package dev.clinicnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** Files that somebody has changed, and a certificate that expires soon. */
public final class Kits {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern HASH = Pattern.compile("\\b[0-9a-f]{64}\\b");

  private Kits() {}

  /** The agent's file without the endpoint of a service. */
  public static String without(String service, String file) {
    JsonNode config = read(file);
    Iterator<JsonNode> endpoints = config.path("endpoints").elements();
    while (endpoints.hasNext()) {
      if (endpoints.next().path("name").asText().contains(service)) {
        endpoints.remove();
      }
    }
    return write(config);
  }

  /** The agent's file without the text that names its Clinic. */
  public static String unnamed(String file) {
    JsonNode config = read(file);
    ((ObjectNode) config.path("agent")).remove("metadata");
    ((ObjectNode) config).remove("endpoints");
    return write(config);
  }

  /**
   * The agent's file from before several rotations: its locks admit other secrets, and it is
   * another file.
   */
  public static String withOtherLocks(String file) {
    return HASH.matcher(file)
        .replaceAll(found -> new StringBuilder(found.group()).reverse().toString());
  }

  /** A ConfigMap {@code ca} with the certificate of an authority. */
  public static String authorityOfDays(int days) {
    try {
      Path store = Files.createTempDirectory("ca").resolve("ca.p12");
      String pass = "changeit";
      keytool(
          List.of(
              "-genkeypair",
              "-alias",
              "ca",
              "-keyalg",
              "EC",
              "-dname",
              "CN=Staff",
              "-ext",
              "bc:critical=ca:true",
              "-ext",
              "ku:critical=keyCertSign",
              "-validity",
              String.valueOf(days),
              "-keystore",
              store.toString(),
              "-storepass",
              pass));
      String pem =
          keytool(
              List.of(
                  "-exportcert",
                  "-rfc",
                  "-alias",
                  "ca",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  pass));
      return """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: ca, labels: {clinicnet.dev/referenced: "true"}}
          data: {ca.crt: "%s"}
          """
          .formatted(pem.strip().replace("\r", "").replace("\n", "\\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String keytool(List<String> arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(arguments);
    command.add(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static JsonNode read(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(JsonNode config) {
    try {
      return YAML.writeValueAsString(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
