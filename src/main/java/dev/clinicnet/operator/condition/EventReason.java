package dev.clinicnet.operator.condition;

/** The reason of an Event: the reason of a condition, or something that no condition says. */
public sealed interface EventReason permits Reason, Happening {

  /** The text in the Event. It is part of the API. */
  String name();
}
