package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.ngrok.Token;
import dev.clinicnet.operator.policy.PolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Configurations for tests: the worked example, and random ones. */
final class Configs {

  static final String PASSWORD = "example-password-0123456789-not-a-real-one_";
  static final String PROXY_PASSWORD = "example-proxy-password";
  static final String TOKEN = "2example-0123456789-not-a-real-token";

  private static final List<String> NASTY =
      List.of(
          "\n",
          "\r",
          "\r\n",
          "\u0085",
          "\u2028",
          "\u2029",
          "\ufeff",
          "\u202e",
          "\0",
          "\t",
          "#",
          ": ",
          " #",
          "- ",
          "---",
          "...",
          "\"",
          "'",
          "\\",
          "{{",
          "}",
          "[",
          "&a",
          "*a",
          "!!str",
          "%",
          "@",
          "`",
          "|",
          ">",
          "${x}",
          "\u00e9",
          "\ud83d\ude00",
          "version: 2",
          "authtoken: x");

  private Configs() {}

  static AgentConfig clinic1() {
    return new AgentConfig(
        "clinics/clinic1",
        "Lakeside Family Practice",
        "prod",
        "clinic1.internal",
        new Token(TOKEN),
        "connect.acme.com:443",
        SiteNetwork.OPEN,
        false,
        List.of(
            new AgentEndpoint(
                "rest-api",
                "https://rest-api.clinic1.internal",
                "http://192.168.1.100:8080",
                "http1",
                null),
            new AgentEndpoint(
                "patient-db",
                "tcp://patient-db.clinic1.internal:5432",
                "tcp://192.168.1.101:5432",
                null,
                null),
            new AgentEndpoint(
                "dashboard",
                "https://dashboard.clinic1.internal",
                "http://192.168.1.102:3001",
                null,
                null)),
        new AgentAPIAccess("agent-clinic1.api.clinicnet.com", new AgentPassword(PASSWORD)));
  }

  static AgentConfig random(Random random) {
    List<AgentEndpoint> endpoints = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      endpoints.add(
          new AgentEndpoint(
              "e" + i + text(random),
              "https://e" + i + ".internal/" + text(random),
              text(random),
              random.nextBoolean() ? null : text(random),
              random.nextBoolean() ? null : PolicyBuilder.agentPaths(List.of("/a", "/b'c"))));
    }
    return new AgentConfig(
        "clinics/c" + random.nextInt(100),
        random.nextInt(5) == 0 ? null : text(random),
        text(random),
        "c.internal",
        new Token(TOKEN + text(random)),
        random.nextBoolean() ? null : text(random),
        network(random),
        random.nextBoolean(),
        endpoints,
        random.nextBoolean()
            ? null
            : new AgentAPIAccess(text(random), new AgentPassword(PASSWORD)));
  }

  private static SiteNetwork network(Random random) {
    return new SiteNetwork(
        random.nextBoolean()
            ? null
            : new AgentProxy(
                "http://user@proxy.lan:3128",
                random.nextBoolean() ? null : new SecretValue(PROXY_PASSWORD + text(random))),
        random.nextBoolean() ? null : text(random),
        random.nextBoolean() ? List.of() : List.of("192.168.1.1", text(random)),
        random.nextBoolean() ? null : "20s");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      if (random.nextBoolean()) {
        text.append(NASTY.get(random.nextInt(NASTY.size())));
      } else {
        text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }
}
