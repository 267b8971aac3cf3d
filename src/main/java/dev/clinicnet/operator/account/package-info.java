/** One ngrok account at work: its inventory, the sweeps that keep it current, and its guards. */
package dev.clinicnet.operator.account;
