package dev.clinicnet.operator.agent;

/**
 * The text of {@code README.txt}: how a technician installs the agent of this clinic, on one
 * screen. Everything else is in {@link HelpText}. It never holds the authtoken. Commands and
 * network needs are those that ngrok documents.
 */
public final class InstallGuide {
  private static final String NGROK_CONNECT_URL = "connect.ngrok-agent.com:443";

  private InstallGuide() {}

  /**
   * The guide for one clinic.
   *
   * @param contact the person whom the technician may ask; empty: the sender of the kit
   */
  public static String text(AgentConfig config, String contact) {
    return text(config, config.configHash(), contact);
  }

  static String text(AgentConfig config, String hash, String contact) {
    return """
        %s
        ===============================================================================
        %s
        %s
        The agent connects outwards to the company's cloud: open no inbound port.
        %s
        HELP.txt has: tests of the network, macOS, Windows, Docker, errors, updates.

        1. Let %s connect to these, outbound (TCP)%s
             %s
             crl.ngrok-agent.com:80
        2. Test from there that each server of the clinic answers: HELP.txt, part 1.
        3. Install the ngrok agent, version %s or newer: from apt or the .tgz at
           https://ngrok.com/download, not from snap. "ngrok version" shows it.
           Leave the program and the installed file where they are.
        %s4. In the folder with these files, on Linux (others: HELP.txt, part 3):
             sudo install -d -m 0700 /etc/ngrok
             sudo install -m 0600 ngrok.yml /etc/ngrok/ngrok.yml
             sudo ngrok config check --config /etc/ngrok/ngrok.yml
             sudo ngrok service install --config /etc/ngrok/ngrok.yml
             sudo ngrok service start
        5. Tell the platform team "%s". They compare it with:
             kubectl get clinic %s --namespace %s \\
               -o jsonpath='{.status.siteKit.installedHash}'
        6. Delete every other copy of ngrok.yml: it holds this clinic's secret.
        """
        .formatted(
            Lines.cut("Connecting " + AgentFile.displayName(config)),
            Lines.cut("This kit is for %s and no other clinic.".formatted(config.clinic())),
            config.redundant()
                ? "Install the same kit on TWO machines: they share the work."
                : "Install it on ONE machine: a second agent would be refused.",
            Lines.cut("Questions: " + contact(contact)),
            config.redundant() ? "both machines" : "the machine",
            through(config.network().proxy()),
            connectURL(config),
            AgentVersion.MINIMUM,
            authorities(config.network().connectCAs()),
            hash,
            config.name(),
            namespace(config));
  }

  /** The end of the sentence on the firewall. */
  private static String through(AgentProxy proxy) {
    return proxy == null ? ":" : ",\n   through the proxy " + PlainLine.of(proxy.address()) + ":";
  }

  /** Where the technician must put the authorities; empty if there is no such file. */
  private static String authorities(String connectCAs) {
    return connectCAs == null || connectCAs.equals(SiteNetwork.HOST)
        ? ""
        : """
             Also put the certificates of the site's proxy or firewall (PEM) into
                %s
          """
            .formatted(PlainLine.of(connectCAs));
  }

  static String contact(String contact) {
    String plain = PlainLine.of(contact);
    return plain.isEmpty() ? "ask the person who sent you this kit." : plain;
  }

  static String connectURL(AgentConfig config) {
    return config.connectURL() == null ? NGROK_CONNECT_URL : PlainLine.of(config.connectURL());
  }

  static String namespace(AgentConfig config) {
    return config.clinic().substring(0, config.clinic().indexOf('/'));
  }
}
