package dev.clinicnet.operator.condition;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The condition types, as they are written in a status. */
public enum ConditionType {
  /** The manifest is valid, and no other object holds the names that it claims. */
  Accepted(Told.AS_EVENT, Basis.KUBERNETES),
  /** All referenced objects exist. */
  ResolvedRefs(Told.AS_EVENT, Basis.KUBERNETES),
  /** The ngrok account matches the manifest. */
  Programmed(Told.AS_EVENT, Basis.LISTS),
  /** Accepted, ResolvedRefs and Programmed together. */
  Ready(Told.BY_OTHERS, Basis.KUBERNETES),
  /** The Clinic's domains have their certificates. Not part of Ready. */
  DomainsReady(Told.AS_EVENT, Basis.LISTS),
  /** An agent is connected, or has bound the service's internal endpoint. Not part of Ready. */
  AgentOnline(Told.AS_EVENT, Basis.AGENTS),
  /**
   * The referenced certificates do not expire soon. Only present if there are any; not part of
   * Ready.
   */
  CertificatesCurrent(Told.AS_EVENT, Basis.KUBERNETES),
  /** The connected agent runs the present site kit. Not part of Ready. */
  SiteKitCurrent(Told.AS_EVENT, Basis.AGENTS),
  /**
   * Present, and True, while an agent uses a replaced authtoken after its overlap. Not part of
   * Ready.
   */
  AgentOnOldToken(Told.AS_EVENT, Basis.AGENTS),
  /**
   * The agent's endpoint refuses what did not pass the public endpoint. Only present for a service
   * with an internal lock; not part of Ready.
   */
  InternalLocked(Told.AS_EVENT, Basis.AGENTS),
  /** The service is open for the session now. Not part of Ready. */
  Open(Told.AS_EVENT, Basis.KUBERNETES),
  /** Present, and True, while the operator is still working on it. */
  Reconciling(Told.BY_OTHERS, Basis.KUBERNETES),
  /** Present, and True, when no retry helps before somebody changes something. */
  Stalled(Told.BY_OTHERS, Basis.KUBERNETES);

  private enum Told {
    AS_EVENT,
    /** The condition follows from others, and their Events say it. */
    BY_OTHERS
  }

  /** What a verdict rests on. The condition is Unknown while that cannot be seen. */
  enum Basis {
    /** The manifest, other objects in Kubernetes, and other conditions. */
    KUBERNETES,
    /** The lists of the account. */
    LISTS,
    /** The lists of agents and of what they bind. */
    AGENTS
  }

  /** The fleet page looks up the conditions of a whole fleet, so a search would take long. */
  private static final Map<String, ConditionType> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ConditionType::name, Function.identity()));

  private final Told told;
  private final Basis basis;

  ConditionType(Told told, Basis basis) {
    this.told = told;
    this.basis = basis;
  }

  Basis basis() {
    return basis;
  }

  /** Whether a transition of the condition makes an Event. */
  public boolean isToldAsEvent() {
    return told == Told.AS_EVENT;
  }

  /** Whether Ready consists of this condition, with others. */
  public boolean isPartOfReady() {
    return this == Accepted || this == ResolvedRefs || this == Programmed;
  }

  /** The type of a name in a status; empty for one of another version of the operator. */
  public static Optional<ConditionType> parse(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
