/** The operator as a process: its options, its wiring, and the adapters to the operator SDK. */
package dev.clinicnet.operator.run;
