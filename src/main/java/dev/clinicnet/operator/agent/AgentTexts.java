package dev.clinicnet.operator.agent;

/**
 * The texts of one site kit. They name the hash of the configuration, which is made once for all of
 * them.
 *
 * @param config the file {@code ngrok.yml}, which has the authtoken
 * @param guide the file {@code README.txt}
 * @param help the file {@code HELP.txt}
 */
public record AgentTexts(String config, String guide, String help) {

  /**
   * The texts for one clinic.
   *
   * @param contact the person whom the technician may ask; empty: the sender of the kit
   */
  public static AgentTexts of(AgentConfig config, String contact) {
    return of(config, config.configHash(), contact);
  }

  /**
   * The same, when the hash of the configuration is known.
   *
   * @param hash its {@link AgentConfig#configHash}
   */
  public static AgentTexts of(AgentConfig config, String hash, String contact) {
    return new AgentTexts(
        AgentFile.text(config, hash),
        InstallGuide.text(config, hash, contact),
        HelpText.text(config, hash, contact));
  }

  /** Without the texts, of which one has a secret. */
  @Override
  public String toString() {
    return "AgentTexts";
  }
}
