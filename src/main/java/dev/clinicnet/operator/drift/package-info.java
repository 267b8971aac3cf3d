/** Reports changes by others to what the operator has made at the platform. */
package dev.clinicnet.operator.drift;
