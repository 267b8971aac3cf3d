package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.inventory.Owner;

/**
 * The report of the operator on an object when no step is left.
 *
 * @param warning whether it is only a warning on an accepted manifest
 * @param refused whether the operator would do nothing for the object until somebody changes
 *     something
 */
record Note(Owner owner, String reason, String message, boolean warning, boolean refused) {}
