package dev.clinicnet.operator.api.schema;

import dev.clinicnet.demo.KubernetesVersions;
import dev.clinicnet.demo.RealKubernetes;
import dev.clinicnet.operator.manifest.CorpusRefusals.Cause;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Older API servers decide the same as lint in other words, see {@code docs/lint.md}. */
final class ServerWords {
  /** Whether the API server of the tests has the words of lint. */
  static final boolean ARE_OURS = RealKubernetes.version().equals(KubernetesVersions.pinned());

  /** The second message of newer API servers about a wrong type. */
  private static final String REPEATED = "Checked value must be of type ";

  private ServerWords() {}

  /** A cause as far as this API server has it from lint. */
  static Cause comparable(Cause cause) {
    return ARE_OURS ? cause.comparable() : cause.comparable().decision();
  }

  /** Causes as far as this API server has them from lint. */
  static Set<Cause> comparable(Collection<Cause> causes) {
    return causes.stream()
        .filter(cause -> ARE_OURS || !cause.message().contains(REPEATED))
        .map(ServerWords::comparable)
        .collect(Collectors.toSet());
  }
}
