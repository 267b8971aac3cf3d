package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.inventory.Owner;

/**
 * What the operator would say of an object when nothing is left to do.
 *
 * @param warning whether it is only a warning of the operator on a manifest that it accepts
 * @param refused whether it would do nothing for the object until somebody changes something
 */
record Note(Owner owner, String reason, String message, boolean warning, boolean refused) {}
