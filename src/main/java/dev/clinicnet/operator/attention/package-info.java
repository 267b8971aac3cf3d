/**
 * What needs a person: one judgement on Clinics with their services and sessions. The command
 * {@code status} and the fleet page show it, so they say the same in the same words and order.
 */
package dev.clinicnet.operator.attention;
