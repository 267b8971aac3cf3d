package dev.clinicnet.operator.account;

import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells administrators what the refusal of an object does not tell its namespace: the holder of the
 * name, and the id at ngrok. It goes only to the log, once for each refusal.
 */
public final class WithheldNames {
  private static final Logger LOGGER = LoggerFactory.getLogger(WithheldNames.class);

  private final Map<Owner, String> told = new ConcurrentHashMap<>();

  /** Logs what the assessment of an object withholds, unless that was logged before. */
  public void tell(Owner object, Assessment assessment) {
    Optional<Verdict> accepted = assessment.get(ConditionType.Accepted);
    Optional<String> withheld = accepted.map(Verdict::withheld);
    if (withheld.isPresent()) {
      if (!withheld.get().equals(told.put(object, withheld.get()))) {
        LOGGER.warn(
            "{} is refused ({}), and is not told that {}",
            object,
            accepted.get().reason(),
            withheld.get());
      }
    } else if (accepted.filter(Verdict::isTrue).isPresent()) {
      told.remove(object);
    }
  }

  /** Forgets what was logged about an object that is gone. */
  public void forget(Owner object) {
    told.remove(object);
  }
}
