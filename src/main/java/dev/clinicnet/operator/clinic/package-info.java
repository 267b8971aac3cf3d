/** Everything for the kind Clinic: observation, decision, steps and report. */
package dev.clinicnet.operator.clinic;
