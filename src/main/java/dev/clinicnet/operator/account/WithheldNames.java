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
 * Tells administrators, in the log alone, what the refusal of an object keeps from its namespace:
 * who has the name, and the id at ngrok. Once, as long as it lasts.
 */
public final class WithheldNames {
  private static final Logger LOGGER = LoggerFactory.getLogger(WithheldNames.class);

  private final Map<Owner, String> told = new ConcurrentHashMap<>();

  /** Tells what the assessment of an object withholds, unless that was told. */
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

  /** Forgets what was told of an object that is gone. */
  public void forget(Owner object) {
    told.remove(object);
  }
}
