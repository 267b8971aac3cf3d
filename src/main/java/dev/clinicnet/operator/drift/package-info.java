/** How it is told that somebody else has changed what the operator made at the platform. */
package dev.clinicnet.operator.drift;
