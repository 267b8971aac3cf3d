package dev.clinicnet.operator.agent;

import java.util.stream.Collectors;

/**
 * The text of {@code README.txt}: how a technician installs exactly this clinic's agent, and what
 * the network must allow. It never holds the authtoken. Commands and network needs are those that
 * ngrok documents.
 */
public final class InstallGuide {

  private InstallGuide() {}

  /** The guide for one clinic. */
  public static String text(AgentConfig config) {
    return String.join(
        "\n",
        introduction(config),
        network(config),
        install(config),
        upgrade(config),
        check(config),
        secret());
  }

  private static String introduction(AgentConfig config) {
    String machines =
        config.redundant()
            ? """
              This clinic runs TWO agents, so that one may fail. Install this same ngrok.yml on two
              machines; they share the work. Everything below applies to both."""
            : """
              Install it on ONE machine. A second agent with this file would be refused the names
              that the first one holds.""";
    return """
        Connecting %s
        ===============================================================================

        This kit is for the clinic %s and no other. It installs the ngrok agent as a
        service: it connects outwards to the company's cloud, and offers the services
        listed here. Nobody needs to open an inbound port, and there is no VPN.

        %s

        You have two files: ngrok.yml (the configuration, which holds a secret) and this
        README.txt. Configuration: %s

        What the machine must reach inside the clinic:

        %s
        """
        .formatted(
            AgentFile.displayName(config),
            config.clinic(),
            machines,
            config.configHash(),
            services(config));
  }

  private static String services(AgentConfig config) {
    if (config.endpoints().isEmpty()) {
      return "  (no services yet; there will be a new ngrok.yml)";
    }
    return config.endpoints().stream()
        .map(
            endpoint ->
                PlainLine.of(
                    "%s at %s, offered as %s"
                        .formatted(endpoint.name(), endpoint.upstreamURL(), endpoint.url())))
        .map(line -> "  - " + line)
        .collect(Collectors.joining("\n"));
  }

  private static String network(AgentConfig config) {
    String connectURL =
        config.connectURL() == null ? "connect.ngrok-agent.com:443" : config.connectURL();
    String hosts = config.redundant() ? "both machines" : "the machine";
    return """
        1. Firewall
        -----------
        Outbound only, from %s:

          %-34s the agent's connection (TCP)
          %-34s lists of revoked certificates (TCP)
          %-34s updates of the agent (TCP)

        A proxy or firewall that opens TLS connections to look inside must leave the first one
        alone.
        """
        .formatted(
            hosts,
            PlainLine.of(connectURL),
            "crl.ngrok-agent.com:80",
            "update.ngrok-agent.com:443");
  }

  private static String install(AgentConfig config) {
    return """
        2. Install
        ----------
        Install the ngrok agent, version 3.30.0 or newer, from https://ngrok.com/download
        ("ngrok version" shows what is there). Then, in the folder with the two files, ONE of:

        Linux (as root):

          sudo install -d -m 0700 /etc/ngrok
          sudo install -m 0600 ngrok.yml /etc/ngrok/ngrok.yml
          sudo ngrok config check --config /etc/ngrok/ngrok.yml
          sudo ngrok service install --config /etc/ngrok/ngrok.yml
          sudo ngrok service start

        macOS (as an administrator):

          sudo install -d -m 0700 /usr/local/etc/ngrok
          sudo install -m 0600 ngrok.yml /usr/local/etc/ngrok/ngrok.yml
          sudo ngrok config check --config /usr/local/etc/ngrok/ngrok.yml
          sudo ngrok service install --config /usr/local/etc/ngrok/ngrok.yml
          sudo ngrok service start

        Windows (PowerShell, "Run as administrator"):

          New-Item -ItemType Directory -Force C:\\ProgramData\\ngrok
          icacls C:\\ProgramData\\ngrok /inheritance:r /grant:r "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F"
          Copy-Item ngrok.yml C:\\ProgramData\\ngrok\\ngrok.yml
          ngrok config check --config C:\\ProgramData\\ngrok\\ngrok.yml
          ngrok service install --config C:\\ProgramData\\ngrok\\ngrok.yml
          ngrok service start

        Docker (on Linux, as root; of the commands for Linux only the two that copy the file):

          sudo docker run -d --name %s --restart unless-stopped \\
            --network host --user 0:0 \\
            -v /etc/ngrok/ngrok.yml:/etc/ngrok.yml:ro -e NGROK_CONFIG=/etc/ngrok.yml \\
            ngrok/ngrok:3 start --all

        The service remembers where the file is: do not move it.
        """
        .formatted("ngrok-" + config.name());
  }

  private static String upgrade(AgentConfig config) {
    String pair =
        config.redundant()
            ? """

              Do it on one machine after the other, so that one always serves. Where there was only one
              machine so far, begin with that one: the second is refused until the first shares."""
            : "";
    return """
        3. When there is already an agent here, or a new ngrok.yml arrives
        ------------------------------------------------------------------
        Put the new file in the place of the old one (the commands in section 2 that copy it), check
        it with "ngrok config check", then:

          ngrok service restart              (Linux, macOS: with sudo)
          docker restart <the container>     (Docker)

        Where the service was installed with a file in another place, first:

          ngrok service stop
          ngrok service uninstall

        and then section 2. To update the agent itself: "ngrok update", then restart the service.
        %s"""
        .formatted(pair.isEmpty() ? "" : pair + "\n");
  }

  private static String check(AgentConfig config) {
    return """
        4. Does it work?
        ----------------
          ngrok diagnose                     tests the way to ngrok
          journalctl -u ngrok                the log on Linux
          docker logs %s%s the log with Docker

        The platform team sees the agent and which file it runs within a few minutes:

          kubectl get clinic %s --namespace %s

        AgentOnline must be True, and SiteKitCurrent True with the configuration named above.
        """
        .formatted(
            "ngrok-" + config.name(),
            " ".repeat(Math.max(0, 16 - config.name().length())),
            config.name(),
            config.clinic().substring(0, config.clinic().indexOf('/')));
  }

  private static String secret() {
    return """
        5. Afterwards
        -------------
        ngrok.yml holds a secret: who has it can pose as this clinic's agent. Delete every copy
        except the installed one, from downloads, mail, chat and USB sticks, and do not put it into a
        backup that others can read. If it may have been seen by anyone else, tell the platform team:
        they replace it, and send a new file.
        """;
  }
}
