package dev.clinicnet.operator.preview;

import dev.clinicnet.operator.inventory.Owner;

/**
 * What the operator would say of an object when nothing is left to do.
 *
 * @param refused whether it would do nothing for the object until somebody changes something
 */
record Note(Owner owner, String reason, String message, boolean refused) {}
