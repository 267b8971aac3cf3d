/** Metrics and health over HTTP. */
package dev.clinicnet.operator.health;
