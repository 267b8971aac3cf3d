/**
 * The one loop that brings an object and its things at ngrok together: observe, decide, act,
 * report.
 */
package dev.clinicnet.operator.reconcile;
