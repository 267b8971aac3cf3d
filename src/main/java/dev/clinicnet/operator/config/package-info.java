/** The settings that the operator gets at its start. */
package dev.clinicnet.operator.config;
