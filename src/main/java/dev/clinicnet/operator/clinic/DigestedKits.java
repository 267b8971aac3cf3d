package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.agent.AgentConfig;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * The digests of the site kits that were looked at lately. Nearly every pass over a Clinic finds
 * its kit as it should be, and writing the files and digesting them is a third of such a pass.
 */
final class DigestedKits {
  /** Each kit is at the place of its Clinic's hash, until another takes the place. */
  private static final AtomicReferenceArray<Kit> KITS = new AtomicReferenceArray<>(1 << 10);

  /** With its token, like the cache of Secrets. */
  private record Kit(AgentConfig config, String contact, Map<String, String> digests) {
    @Override
    public String toString() {
      return "Kit[" + config.clinic() + "]";
    }
  }

  private DigestedKits() {}

  /**
   * The digests by the names of the files.
   *
   * @param files writes the files of this configuration
   */
  static Map<String, String> of(
      AgentConfig config, String contact, Supplier<Map<String, String>> files) {
    int place = Math.floorMod(config.clinic().hashCode(), KITS.length());
    Kit kit = KITS.get(place);
    if (kit == null || !kit.contact.equals(contact) || !kit.config.equals(config)) {
      kit = new Kit(config, contact, SecretDigests.ofFiles(files.get()));
      KITS.set(place, kit);
    }
    return kit.digests;
  }
}
