/**
 * The fleet page: all clinics with what is wrong first, as HTML over HTTP. It only reads, and it
 * shows to each viewer what Kubernetes would list to that viewer.
 */
package dev.clinicnet.operator.fleetpage;
