package dev.clinicnet.operator.agent;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of {@code HELP.txt}: what a technician may need in addition to {@link InstallGuide}. It
 * never holds the authtoken.
 */
public final class HelpText {
  private static final String HTTP = "80";
  private static final String HTTPS = "443";
  private static final Pattern UPSTREAM =
      Pattern.compile(
          "(?<scheme>[a-z]+)://(?<host>[A-Za-z0-9][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])"
              + "(:(?<port>[0-9]+))?(?=[/?#]|$)");

  private HelpText() {}

  /**
   * The help for one clinic.
   *
   * @param contact the person whom the technician may ask; empty: the sender of the kit
   */
  public static String text(AgentConfig config, String contact) {
    return text(config, config.configHash(), contact);
  }

  static String text(AgentConfig config, String hash, String contact) {
    return String.join(
        "\n",
        Lines.cut("Help for the agent of " + AgentFile.displayName(config)),
        "===============================================================================",
        Lines.cut("Questions: " + InstallGuide.contact(contact)),
        "",
        reachability(config),
        firewall(config),
        install(config),
        update(config),
        check(config, hash),
        ERRORS,
        AFTERWARDS);
  }

  private static String reachability(AgentConfig config) {
    return """
        1. Does the machine reach the servers of the clinic?
        ----------------------------------------------------
        Run these on the machine of the agent. Linux and macOS say "succeeded" or
        "open"; Windows says "TcpTestSucceeded : True".

        """
        + (config.endpoints().isEmpty()
            ? "  There are no services yet. A new ngrok.yml follows.\n"
            : config.endpoints().stream()
                .map(HelpText::reachability)
                .collect(Collectors.joining("\n")));
  }

  /** A host that a shell could misread gets no command. The API server admits no such host. */
  private static String reachability(AgentEndpoint endpoint) {
    String what = Lines.cut("  " + PlainLine.of(endpoint.name() + " at " + endpoint.upstreamURL()));
    Matcher url = UPSTREAM.matcher(endpoint.upstreamURL());
    if (!url.lookingAt()) {
      return what + "\n";
    }
    String host = url.group("host").replaceAll("[\\[\\]]", "");
    String port =
        url.group("port") != null
            ? url.group("port")
            : url.group("scheme").equals("https") ? HTTPS : HTTP;
    return """
        %s
            Linux, macOS:  nc -vz -w 5 %s %s
            Windows:       Test-NetConnection %s -Port %s
        """
        .formatted(what, host, port, host, port);
  }

  private static String firewall(AgentConfig config) {
    return """
        2. Firewall
        -----------
        Outbound only, TCP:

          %s
              the agent's connection
          crl.ngrok-agent.com:80
              lists of revoked certificates
          update.ngrok-agent.com:443
              updates of the agent

        """
            .formatted(InstallGuide.connectURL(config))
        + proxy(config.network().proxy())
        + decryption(config.network().connectCAs())
        + names(config.network().dnsResolverIPs());
  }

  private static String proxy(AgentProxy proxy) {
    return proxy == null
        ? """
        The service does not use the variables http_proxy and https_proxy: tell the
        platform team if the machine can only connect through a proxy.
        """
        : """
        The agent's connection goes through this proxy, which must allow it to stay
        open for days:

          %s

        ngrok does not say whether the other two use the proxy, too. If the log has an
        error of one of them, allow it without the proxy.
        """
            .formatted(PlainLine.of(proxy.address()));
  }

  private static String decryption(String connectCAs) {
    if (connectCAs == null) {
      return """
      A proxy or firewall that decrypts TLS connections must not decrypt the first
      one. Tell the platform team if it has to.
      """;
    }
    return connectCAs.equals(SiteNetwork.HOST)
        ? """
        A proxy or firewall here may decrypt the first one: the agent trusts every
        authority that the operating system trusts.
        """
        : """
        A proxy or firewall here may decrypt the first one: the agent trusts the
        authorities whose certificates (PEM) are in this file. Your network team has
        them. With Docker, also mount the file.

          %s
        """
            .formatted(PlainLine.of(connectCAs));
  }

  private static String names(List<String> servers) {
    return servers.isEmpty()
        ? ""
        : "The agent asks these DNS servers for the first one (port 53):\n\n"
            + servers.stream()
                .map(server -> "  " + PlainLine.of(server) + "\n")
                .collect(Collectors.joining());
  }

  private static String install(AgentConfig config) {
    return """
        3. Installing elsewhere than on Linux
        -------------------------------------
        macOS (as an administrator). Install ngrok from the ZIP into /usr/local/bin.

          sudo install -d -m 0700 /usr/local/etc/ngrok
          sudo install -m 0600 ngrok.yml /usr/local/etc/ngrok/ngrok.yml
          sudo ngrok config check --config /usr/local/etc/ngrok/ngrok.yml
          sudo ngrok service install --config /usr/local/etc/ngrok/ngrok.yml
          sudo ngrok service start

        Windows (PowerShell, "Run as administrator"). Install ngrok from the ZIP or MSI
        into a folder that does not change, such as C:\\ngrok. Do not use the Store: the
        path of a Store program changes with each version, and the service needs it.

          $dir = "C:\\ProgramData\\ngrok"
          New-Item -ItemType Directory -Force $dir
          icacls $dir /inheritance:r
          icacls $dir /grant:r "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F"
          Copy-Item ngrok.yml $dir\\ngrok.yml
          ngrok config check --config $dir\\ngrok.yml
          ngrok service install --config $dir\\ngrok.yml
          ngrok service start

        Docker (on Linux, as root). First run the two commands of README.txt that copy
        the file, and no others of them. Then:

          sudo docker run -d --name %s \\
            --restart unless-stopped --network host --user 0:0 \\
            -v /etc/ngrok/ngrok.yml:/etc/ngrok.yml:ro \\
            -e NGROK_CONFIG=/etc/ngrok.yml \\
            ngrok/ngrok:3 start --all --log stdout

        The service remembers where the file and the program are: do not move either.
        The snap package cannot read /etc/ngrok.
        """
        .formatted(container(config));
  }

  private static String update(AgentConfig config) {
    String pair =
        config.redundant()
            ? """

              Do this on one machine, and then on the other, so that one always works.
              If there was only one machine before, begin with that one: the second is
              refused until the first has the new file.
              """
            : "";
    return """
        4. There is an agent already, or a new ngrok.yml arrives
        --------------------------------------------------------
        Replace the old file by the new one, with the commands that copy it. Check the
        new file with "ngrok config check". Then run:

          ngrok service restart              (Linux, macOS: with sudo)
          docker restart <the container>     (Docker)

        If the service was installed with a file in another folder, first run:

          ngrok service stop
          ngrok service uninstall

        Then install the service again.

        To update the agent itself, use what you installed it with: apt, the MSI, or
        "ngrok update" if it came from a ZIP or .tgz. Then restart the service. It must
        be %s or newer: older agents fail in pools and with the PROXY protocol, and
        those before 3.36.0 load updates from another host (update.equinox.io).
        """
            .formatted(AgentVersion.MINIMUM)
        + pair;
  }

  private static String check(AgentConfig config, String hash) {
    return """
        5. Does it work?
        ----------------
          ngrok diagnose             tests the connection to ngrok
          journalctl -u ngrok        the log on Linux
          Event Viewer, Application  the log on Windows
          docker logs <container>    the log with Docker: %s
          log show --last 1h --predicate 'process == "ngrok"'
                                     the log on macOS

        The platform team sees the agent and which file it runs within a few minutes:

          kubectl wait clinic %s --namespace %s \\
            --for=condition=AgentOnline --timeout=5m
          kubectl get clinic %s --namespace %s \\
            -o jsonpath='{.status.siteKit.installedHash}'

        The second command must print %s.
        """
        .formatted(
            container(config),
            config.name(),
            InstallGuide.namespace(config),
            config.name(),
            InstallGuide.namespace(config),
            hash);
  }

  private static String container(AgentConfig config) {
    return "ngrok-" + config.name();
  }

  private static final String ERRORS =
      """
      6. What the agent's errors mean
      -------------------------------
        ERR_NGROK_105, 107  The token is wrong. Is it the newest file, unchanged?
        ERR_NGROK_300       The token was replaced. Ask for the newest ngrok.yml.
        ERR_NGROK_308, 316, The file asks for a name of another clinic. Nobody may
          356, 399          edit the file. Tell the platform team.
        ERR_NGROK_334       Another agent has the name. Stop it. After a crash,
                            wait for ten seconds.
        ERR_NGROK_108, 324, The account allows no more agents or endpoints. Tell
          350               the platform team.
        ERR_NGROK_8012      The agent does not reach a server. See part 1.
        timeout, no such    The firewall or the DNS of the clinic blocks the
          host, refused     connection. See part 2.
        x509, certificate   A proxy or firewall decrypts the TLS connection.
                            See part 2.
        proxy, 407          The proxy refuses the login or the connection. Tell the
                            platform team which proxy, user and password to use.
      """;

  private static final String AFTERWARDS =
      """
      7. Afterwards
      -------------
      ngrok.yml holds a secret: a person who has it can pretend to be this clinic's
      agent. Delete every copy except the installed one, from downloads, mail, chat
      and USB sticks, and do not put it into a backup that others can read. If
      another person may have seen it, tell the platform team. They send you a new
      file.
      """;
}
