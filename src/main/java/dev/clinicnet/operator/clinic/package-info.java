/** Everything for the kind Clinic: what is observed, what is decided, what is done and reported. */
package dev.clinicnet.operator.clinic;
