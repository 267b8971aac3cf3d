/**
 * Public cloud endpoints of all our kinds: which endpoints an object has, and the steps that
 * correct them.
 */
package dev.clinicnet.operator.endpoint;
