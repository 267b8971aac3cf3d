/**
 * Public cloud endpoints of all our kinds: which are an object's own, and what makes them what they
 * should be.
 */
package dev.clinicnet.operator.endpoint;
