/** What the operator is told at its start. */
package dev.clinicnet.operator.config;
